import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { casesTable, openForTests, type TestInstance } from './testing/instance.ts';

const opened: TestInstance[] = [];
afterEach(() => {
  for (const instance of opened.splice(0)) instance.close();
});

function open(options: Parameters<typeof openForTests>[0] = {}): TestInstance {
  const instance = openForTests(options);
  opened.push(instance);
  instance.service.ensureTable(casesTable);
  return instance;
}

const Key = { pk: { S: 'a' }, sk: { S: '1' } };
const Item = { ...Key, team: { S: 'red' }, colour: { S: 'blue' } };

describe('ensureTable', () => {
  test('leaves the items of a table that is there', async () => {
    const { service, call } = open();
    await call('PutItem', { TableName: 'cases', Item });
    service.ensureTable(casesTable);
    expect(await call('GetItem', { TableName: 'cases', Key })).toEqual({ Item });
  });

  test('adds and removes indexes as the specification changes', async () => {
    const { service, call } = open();
    await call('PutItem', { TableName: 'cases', Item });
    service.ensureTable({
      ...casesTable,
      AttributeDefinitions: [
        ...casesTable.AttributeDefinitions.slice(0, 2),
        { AttributeName: 'colour', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-colour',
          KeySchema: [{ AttributeName: 'colour', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
    const byColour = { KeyConditionExpression: 'colour = :c', ExpressionAttributeValues: { ':c': { S: 'blue' } } };
    expect(await call('Query', { TableName: 'cases', IndexName: 'by-colour', ...byColour })).toMatchObject({
      Count: 1,
    });
    await expect(call('Scan', { TableName: 'cases', IndexName: 'by-team' })).rejects.toThrow('by-team');
  });

  test('fills a new index from more items than are read at once', async () => {
    const { service, call } = open();
    service.ensureTable({
      ...casesTable,
      GlobalSecondaryIndexes: [],
      AttributeDefinitions: casesTable.AttributeDefinitions.slice(0, 2),
    });
    const items = Array.from({ length: 1201 }, (_, at) => ({ ...Item, pk: { S: `p${at % 40}` }, sk: { S: `s${at}` } }));
    await Promise.all(items.map((one) => call('PutItem', { TableName: 'cases', Item: one })));
    service.ensureTable(casesTable);
    const counted = await call('Scan', { TableName: 'cases', IndexName: 'by-team', Select: 'COUNT' });
    expect(counted).toEqual({ Count: 1201, ScannedCount: 1201 });
  });

  test('refuses another key for a table that is there', () => {
    const { service } = open();
    const specification = {
      ...casesTable,
      KeySchema: casesTable.KeySchema.slice(0, 1),
      AttributeDefinitions: [casesTable.AttributeDefinitions[0], casesTable.AttributeDefinitions[2]].filter(
        (definition) => definition !== undefined,
      ),
    };
    expect(() => service.ensureTable(specification)).toThrow('another key');
  });

  test('refuses a stream rather than pass it over', () => {
    const { service } = open();
    const specification = { ...casesTable, TableName: 'other', StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
    expect(() => service.ensureTable(specification)).toThrow('does not have dynamodb tables with a stream');
  });
});

describe('what is kept', () => {
  test('outlives the process: tables, items, index entries and transaction tokens', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dynamodb-'));
    const path = join(folder, 'store.db');
    const transaction = { TransactItems: [{ Put: { TableName: 'cases', Item } }], ClientRequestToken: 'token' };
    const before = openForTests({ path });
    before.service.ensureTable(casesTable);
    await before.call('TransactWriteItems', transaction);
    await before.call('DeleteItem', { TableName: 'cases', Key });
    before.close();

    const after = open({ path });
    await after.call('TransactWriteItems', transaction);
    expect(await after.call('GetItem', { TableName: 'cases', Key })).toEqual({});
    await after.call('PutItem', { TableName: 'cases', Item });
    expect(await after.call('Scan', { TableName: 'cases', IndexName: 'by-team' })).toMatchObject({ Count: 1 });
    rmSync(folder, { recursive: true });
  });

  test('goes with the table: one of the same name starts empty', async () => {
    const { service, call, store } = open();
    await call('PutItem', { TableName: 'cases', Item });
    await call('DeleteTable', { TableName: 'cases' });
    for (const table of ['dynamodb_items', 'dynamodb_index_entries', 'dynamodb_tables']) {
      expect(store.statement(`SELECT * FROM ${table}`).all()).toEqual([]);
    }
    service.ensureTable(casesTable);
    expect(await call('Scan', { TableName: 'cases' })).toMatchObject({ Count: 0 });
    expect(await call('Scan', { TableName: 'cases', IndexName: 'by-team' })).toMatchObject({ Count: 0 });
  });
});

test('forgets a transaction token after ten minutes of the clock', async () => {
  const { call, clock } = open();
  const add = { UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
  const transaction = { TransactItems: [{ Update: { TableName: 'cases', Key, ...add } }], ClientRequestToken: 'token' };
  const count = async () => (await call('GetItem', { TableName: 'cases', Key, ProjectionExpression: 'n' }))['Item'];
  await call('TransactWriteItems', transaction);
  await clock.advance(9 * 60_000);
  await call('TransactWriteItems', transaction);
  expect(await count()).toEqual({ n: { N: '1' } });
  await clock.advance(2 * 60_000);
  await call('TransactWriteItems', transaction);
  expect(await count()).toEqual({ n: { N: '2' } });
});

test('tells what each call consumed, also one that was refused', async () => {
  const consumed: unknown[] = [];
  const { call } = open({
    onConsumed: (operation, reads, writes, caller) => consumed.push([operation, reads, writes, caller.kind]),
  });
  await call('PutItem', { TableName: 'cases', Item });
  await call('GetItem', { TableName: 'cases', Key });
  const guarded = { TableName: 'cases', Item, ConditionExpression: 'attribute_not_exists(pk)' };
  await expect(call('PutItem', guarded)).rejects.toThrow('The conditional request failed');
  await expect(call('GetItem', { TableName: 'cases', Key: {} })).rejects.toThrow('does not match the schema');
  expect(consumed).toEqual([
    ['PutItem', 0, 2, 'operator'],
    ['GetItem', 0.5, 0, 'operator'],
    ['PutItem', 0, 1, 'operator'],
  ]);
});

describe('what is not there is refused by name', () => {
  test.each([
    ['PutItem', { TableName: 'cases', Item, Expected: {} }, 'legacy parameter Expected (ConditionExpression'],
    ['Query', { TableName: 'cases', KeyConditions: {} }, 'legacy parameter KeyConditions (KeyConditionExpression'],
    ['PutItem', { TableName: 'cases', Item, ReturnItemCollectionMetrics: 'SIZE' }, 'ReturnItemCollectionMetrics'],
    ['CreateTable', { TableName: 'more', Tags: [] }, 'CreateTable with Tags'],
  ])('%s %j', async (operation, input, message) => {
    const { call } = open();
    await expect(call(operation, input)).rejects.toThrow(
      expect.objectContaining({ name: 'UnsupportedOperationException', message: expect.stringContaining(message) }),
    );
  });
});
