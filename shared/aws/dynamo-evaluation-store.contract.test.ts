import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEndpoint } from '../../local/dynamodb/contract/endpoint.ts';
import { evaluationContract, evaluationRun } from '../../test/support/evaluation-contract.ts';
import { DynamoErasureStore } from './dynamo-erasure-store.ts';
import { DynamoEvaluationStore } from './dynamo-evaluation-store.ts';

type Endpoint = Awaited<ReturnType<typeof openEndpoint>>;
const TableName = 'Evaluations';
const CASES = 'Cases';

function keys(partition: string, sort: string): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}

/** Keyed by `pk` and `sk`, with these attributes in keys. */
function shapeOf(...names: readonly string[]) {
  const AttributeDefinitions = names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));
  return { BillingMode: 'PAY_PER_REQUEST' as const, AttributeDefinitions, KeySchema: keys('pk', 'sk') };
}

describe('evaluations in DynamoDB', () => {
  let endpoint: Endpoint | null = null;
  beforeAll(async () => {
    endpoint = await openEndpoint();
    await endpoint.client.send(new CreateTableCommand({ TableName, ...shapeOf('pk', 'sk') }));
    // Where an erasure looks for files that wait; none does.
    const byState = { IndexName: 'byState', KeySchema: keys('statePk', 'listSk') };
    await endpoint.client.send(
      new CreateTableCommand({
        ...{ TableName: CASES, ...shapeOf('pk', 'sk', 'statePk', 'listSk') },
        GlobalSecondaryIndexes: [{ ...byState, Projection: { ProjectionType: 'KEYS_ONLY' } }],
      }),
    );
  });
  afterAll(() => endpoint?.close());

  const client = (): Endpoint['client'] => {
    if (endpoint === null) throw new Error('the endpoint is not open yet');
    return endpoint.client;
  };
  const store = () => new DynamoEvaluationStore(client(), TableName, () => 1_000_000);
  evaluationContract(store);

  it('gives no file of which a part is missing', async () => {
    const { id } = evaluationRun();
    await store().keepFile(id, 'plan', Buffer.from('whole'));
    const { Item: pointer } = await client().send(
      new GetItemCommand({ TableName, Key: { pk: { S: `evaluation#${id}` }, sk: { S: 'file#plan' } } }),
    );
    const part = { pk: { S: `evaluation#${id}` }, sk: { S: `part#${pointer?.['digest']?.S}#00000` } };
    await client().send(new DeleteItemCommand({ TableName, Key: part }));
    await expect(store().file(id, 'plan')).rejects.toThrow('not whole');
  });

  it('lets everything run out, what is personal as soon as the deployment says, and models after a month', async () => {
    const run = evaluationRun();
    const shorter = new DynamoEvaluationStore(client(), TableName, () => 1_000_000, 90);
    await shorter.open(run);
    await shorter.reserve(run.id, 1, 1);
    await shorter.keepFile(run.id, 'model-0', Buffer.from('a model'));
    await shorter.keepFile(run.id, 'report', Buffer.from('figures'));
    await shorter.keepResult(run.id, { slice: 0, example: 'a', text: 'a row' });
    await shorter.keepSight(run.id, { attempt: 1, example: 'a', text: 'what came in' });
    const days: [string, number][] = [
      ...([
        ['head', 400],
        ['money', 400],
        ['file#report', 400],
        ['file#model-0', 30],
      ] as const),
      ...([
        ['result#00000#a', 90],
        ['sight#00001#a', 90],
      ] as const),
    ].map(([sk, kept]) => [sk, kept]);
    for (const [sk, kept] of days) {
      const Key = { pk: { S: `evaluation#${run.id}` }, sk: { S: sk } };
      const { Item: item } = await client().send(new GetItemCommand({ TableName, Key }));
      expect([sk, Number(item?.['expiresAt']?.N)]).toEqual([sk, 1_000 + kept * 86_400]);
    }
  });

  it('loses the rows of one person, and the models that learned from them, and nothing of anybody else', async () => {
    const wish = { ...evaluationRun().wish, workflow: 'forgets' };
    const [run, other] = [evaluationRun({ wish }), evaluationRun({ wish })];
    for (const { id } of [run, other]) {
      await store().open({ ...run, id });
      await store().keepFile(id, 'model-0', Buffer.from(`words of ${id}`));
      await store().keepFile(id, 'report', Buffer.from(`figures of ${id}`));
      await store().keepResult(id, { slice: 0, example: 'bens', text: '{"about":["ben@desk.example"]}' });
    }
    await store().keepResult(run.id, { slice: 0, example: 'adas', text: '{"about":["ada@desk.example"]}' });
    await store().keepSight(run.id, { attempt: 1, example: 'adas', text: '{"input":{"mail":"Ada@Desk.example"}}' });
    const names = { cases: CASES, ledger: 'none', tokens: 'none', readings: 'none', sandbox: 'none' };
    const erasures = new DynamoErasureStore(client(), { ...names, evaluations: TableName });

    expect(await erasures.besideCases('another', ['ada@desk.example'])).toEqual([]);
    const found = await erasures.besideCases('forgets', ['ada@desk.example']);
    const places = found.map(({ place }) => place);
    expect(places).toEqual(['evaluation-rows', 'evaluation-rows', 'evaluation-models', 'evaluation-models']);
    for (const document of found) await erasures.remove(document);

    expect((await store().results(run.id)).map(({ example }) => example)).toEqual(['bens']);
    expect(await store().sights(run.id, 1)).toEqual([]);
    expect(await store().file(run.id, 'model-0')).toBeNull();
    expect(await store().file(run.id, 'report')).not.toBeNull();
    expect(await store().file(other.id, 'model-0')).not.toBeNull();
    expect(await erasures.besideCases('forgets', ['ada@desk.example'])).toEqual([]);
  });
});
