import { CreateTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEndpoint } from '../../local/dynamodb/contract/endpoint.ts';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { aCase, anAction, aRequest } from '../../test/support/stored-examples.ts';
import { EMPTY_LEDGER } from '../domain/ledger.ts';
import { actionItem, caseItem, requestItem } from './case-items.ts';
import { SignedCalls } from './signed-calls.ts';
import { SignedReplyStore } from './signed-reply-store.ts';
import { systemClock } from './system.ts';

const TABLE = 'RepliesContract';

let client: DynamoDBClient;
let close: () => Promise<void>;
let store: SignedReplyStore;

beforeAll(async () => {
  ({ client, close } = await openEndpoint());
  const keys = ['pk', 'sk'] as const;
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    }),
  );
  const found = await client.config.endpoint?.();
  const endpoint = found === undefined ? null : `${found.protocol}//${found.hostname}:${found.port}`;
  const region = await client.config.region();
  const credentials = () => client.config.credentials();
  store = new SignedReplyStore(new SignedCalls({ credentials, region, endpoint, clock: systemClock }), TABLE);
});
afterAll(() => close());

describe('what a mail may answer', () => {
  it('is a case with all of its actions, as many as there are', async () => {
    const actions = Array.from({ length: 5 }, (_, at) =>
      // Together more than DynamoDB gives at once.
      anAction(CASE_ID, `send-meeting-mail#${at + 1}`, { reasons: ['x'.repeat(300_000)] }),
    );
    const head = aCase({ id: CASE_ID });
    for (const Item of [caseItem(head, EMPTY_LEDGER), ...actions.map((action) => actionItem(CASE_ID, action))]) {
      await client.send(new PutItemCommand({ TableName: TABLE, Item }));
    }
    expect(await store.caseWithActions(CASE_ID)).toEqual({ case: { ...head, ledger: EMPTY_LEDGER }, actions });
    expect(await store.caseWithActions('0'.repeat(32))).toBeNull();
  });

  it('is a question', async () => {
    const request = aRequest(CASE_ID);
    await client.send(new PutItemCommand({ TableName: TABLE, Item: requestItem(request) }));
    expect(await store.request(request.id)).toEqual(request);
    expect(await store.request('0'.repeat(32))).toBeNull();
  });

  it('is named by a reference in our mail, and the first that is kept under it stays', async () => {
    const kept = { caseId: CASE_ID, actionId: 'send-meeting-mail#1', expiresAtMs: 1_900_000_000_000 };
    await store.keepReference('abcdefghijklmnop', kept);
    await store.keepReference('abcdefghijklmnop', { ...kept, expiresAtMs: 2_000_000_000_000 });
    expect(await store.referenced('abcdefghijklmnop')).toEqual(kept);
    expect(await store.referenced('bbcdefghijklmnop')).toBeNull();
  });

  it('is claimed once', async () => {
    const name = 'c'.repeat(64);
    const inAnHour = Date.now() + 3_600_000;
    const claims = await Promise.all([1, 2, 3].map(() => store.claim(name, inAnHour)));
    expect(claims.toSorted()).toEqual([false, false, true]);
    expect(await store.claim('d'.repeat(64), inAnHour)).toBe(true);
  });

  it('is not claimed where the table says something else than that it is', async () => {
    const credentials = () => client.config.credentials();
    const calls = new SignedCalls({
      credentials,
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:9',
      clock: systemClock,
    });
    await expect(new SignedReplyStore(calls, TABLE).claim('e'.repeat(64), 1)).rejects.toThrow('fetch failed');
  });
});
