import { CreateTableCommand, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractEndpoint, openEndpoint } from '../../local/dynamodb/contract/endpoint.ts';
import { SandboxChat } from '../connectors/sandbox/chat.ts';
import type { SandboxEffect } from '../connectors/sandbox/store.ts';
import { DynamoSandboxStore } from './dynamo-sandbox-store.ts';

const TableName = 'Sandbox';
const EFFECT: SandboxEffect = {
  ...{ idempotencyKey: 'c1.a#1', caseId: 'c1', connector: 'sandbox.crm-create-record', arguments: { a: 1 } },
  ...{
    result: { recordId: 'r-1' },
    atMs: 1_000,
    record: { kind: 'crm', key: 'a@b.example', fields: { stage: 'open' } },
  },
};

let endpoint: ContractEndpoint;
let store: DynamoSandboxStore;
beforeAll(async () => {
  endpoint = await openEndpoint();
  const keys = [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ];
  const byList = [{ AttributeName: 'listPk', KeyType: 'HASH' as const }];
  await endpoint.client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'listPk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys,
      GlobalSecondaryIndexes: [{ IndexName: 'byList', KeySchema: byList, Projection: { ProjectionType: 'ALL' } }],
    }),
  );
  store = new DynamoSandboxStore(endpoint.client, TableName);
});
afterAll(() => endpoint.close());

describe('the sandbox in DynamoDB', () => {
  it('performs a key once, also when it comes many times at once, and answers as the first time', async () => {
    const results = await Promise.all(
      [1, 2, 3].map((n) => store.perform({ ...EFFECT, result: { recordId: `r-${n}` }, atMs: n })),
    );
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    const { Items: noted = [] } = await endpoint.client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :case',
        ExpressionAttributeValues: { ':case': { S: 'case#c1' } },
      }),
    );
    expect(noted).toHaveLength(1);
    expect(await store.record('crm', 'a@b.example')).toEqual({ stage: 'open' });
  });

  it('takes a record for one effect, refuses it to others with nothing done, and frees it again', async () => {
    const holding = (key: string, hold: 'take' | 'free', fields = { by: key }): SandboxEffect => ({
      ...{ ...EFFECT, idempotencyKey: key, caseId: 'c2', record: null },
      others: [
        { kind: 'entry-note', key: 'T-1', fields },
        { kind: 'entry', key: 'T-1', fields, hold },
      ],
    });
    await store.perform(holding('h-1', 'take'));
    expect(await store.perform(holding('h-1', 'take'))).toEqual(EFFECT.result);
    await expect(store.perform(holding('h-2', 'take'))).rejects.toMatchObject({
      name: 'EffectError',
      message: 'There is one already: entry T-1',
      isPassing: false,
    });
    expect([await store.record('entry', 'T-1'), await store.record('entry-note', 'T-1')]).toEqual([
      { by: 'h-1' },
      { by: 'h-1' },
    ]);
    await store.perform(holding('h-3', 'free'));
    await store.perform(holding('h-4', 'take'));
    expect(await store.record('entry', 'T-1')).toEqual({ by: 'h-4' });
  });

  it('shows a card in place of the one before, and never an older one', async () => {
    const chat = new SandboxChat({ sandbox: store, clock: { nowMs: () => 5 } });
    const card = {
      ...{
        channel: '#c',
        caseId: 'c9',
        requestId: 'r9',
        age: 0,
        title: 'Yes or no?',
        lines: ['a'],
        link: 'https://r.example',
      },
    };
    const shown = async () => {
      const Key = { pk: { S: 'case#c9' }, sk: { S: 'card#r9' } };
      const { Item: item } = await endpoint.client.send(new GetItemCommand({ TableName, Key }));
      return JSON.parse(item?.['card']?.S ?? 'null');
    };
    await chat.show(card);
    expect(await shown()).toMatchObject({ title: 'Yes or no?', link: 'https://r.example' });
    await chat.show({ ...card, age: 2, title: 'Approved', link: null });
    await chat.show({ ...card, age: 1, title: 'late' });
    expect(await shown()).toEqual({
      ...{ requestId: 'r9', channel: '#c', title: 'Approved', lines: ['a'], link: null, shownAtMs: 5 },
    });
  });

  it('knows no record that was not written', async () => {
    expect(await store.record('crm', 'none')).toBeNull();
    expect(await store.onList('none')).toEqual([]);
  });

  it('puts a record on a list with the effect that writes it, and off again with one that does not', async () => {
    const record = { kind: 'conversation', key: 'l@b.example', fields: { name: 'L' }, list: 'talks' };
    await store.perform({ ...EFFECT, idempotencyKey: 'c3.a#1', caseId: 'c3', record });
    expect(await store.onList('talks')).toEqual([{ name: 'L' }]);
    const { list: _list, ...closed } = record;
    await store.perform({ ...EFFECT, idempotencyKey: 'c3.a#2', caseId: 'c3', record: closed });
    expect(await store.onList('talks')).toEqual([]);
  });

  it('takes a record off its list once it was acted on', async () => {
    const key = { pk: { S: 'crm#open@b.example' }, sk: { S: 'record' } };
    const Item = { ...key, listPk: { S: 'open-leads' }, fields: { S: '{"name":"A"}' } };
    await endpoint.client.send(new PutItemCommand({ TableName, Item }));
    expect(await store.onList('open-leads')).toEqual([{ name: 'A' }]);
    const record = { kind: 'crm', key: 'open@b.example', fields: { stage: 'open' } };
    await store.perform({ ...EFFECT, idempotencyKey: 'c2.a#1', caseId: 'c2', record });
    expect(await store.onList('open-leads')).toEqual([]);
    const { Item: after } = await endpoint.client.send(new GetItemCommand({ TableName, Key: key }));
    expect(after?.['listPk']).toBeUndefined();
  });

  it('puts a record on a list that it names, and lists them all, more than one page of a megabyte too', async () => {
    const note = 'x'.repeat(60_000);
    const others = Array.from({ length: 20 }, (_, at) => ({
      ...{ kind: 'step', key: `s-${at}`, fields: { at, note }, list: 'long-list' },
    }));
    await store.perform({ ...EFFECT, idempotencyKey: 'c4.a#1', caseId: 'c4', record: null, others });
    expect((await store.onList('long-list')).map(({ at }) => Number(at)).toSorted((a, b) => a - b)).toEqual(
      others.map((_, at) => at),
    );
    const record = { kind: 'step', key: 's-0', fields: { at: 0 } };
    await store.perform({ ...EFFECT, idempotencyKey: 'c4.b#1', caseId: 'c4', record });
    expect(await store.onList('long-list')).toHaveLength(19);
  });
});
