import { afterAll, expect, test } from 'vitest';
import { casesTable, openForTests } from './testing/instance.ts';

const instance = openForTests();
instance.service.ensureTable(casesTable);
afterAll(() => instance.close());

const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/cases';
const TableName = 'cases';
const Key = { pk: { S: 'a' }, sk: { S: '1' } };
const within = (operation: string) => ({
  context: { 'dynamodb:LeadingKeys': ['a'], 'dynamodb:EnclosingOperation': [operation] },
});
const leading = (...keys: readonly string[]) => ({ context: { 'dynamodb:LeadingKeys': keys } });

test.each([
  ['GetItem', { TableName, Key }],
  ['DeleteItem', { TableName, Key }],
  ['UpdateItem', { TableName, Key }],
  ['PutItem', { TableName, Item: Key }],
  ['Query', { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'a' } } }],
])('%s needs its own action on the table, for the partition it names', (operation, input) => {
  const expected = [{ action: `dynamodb:${operation}`, resource: table, ...leading('a') }];
  expect(instance.permissions(operation, input)).toEqual(expected);
  expect(instance.permissions(operation, { ...input, TableName: table })).toEqual(expected);
});

test('a query of an index needs the index, for the partition of the index', () => {
  const input = {
    TableName,
    IndexName: 'by-team',
    KeyConditionExpression: 'team = :t',
    ExpressionAttributeValues: { ':t': { S: 'red' } },
  };
  expect(instance.permissions('Query', input)).toEqual([
    { action: 'dynamodb:Query', resource: `${table}/index/by-team`, ...leading('red') },
  ]);
});

test('a scan names no partition', () => {
  expect(instance.permissions('Scan', { TableName })).toEqual([{ action: 'dynamodb:Scan', resource: table }]);
});

test('a transaction needs for each part the action of that part', () => {
  const TransactItems = [
    { Put: { TableName, Item: Key } },
    { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_exists(pk)' } },
    { Update: { TableName, Key } },
    { Delete: { TableName, Key } },
  ];
  expect(instance.permissions('TransactWriteItems', { TransactItems })).toEqual(
    ['PutItem', 'ConditionCheckItem', 'UpdateItem', 'DeleteItem'].map((action) => ({
      action: `dynamodb:${action}`,
      resource: table,
      ...within('TransactWriteItems'),
    })),
  );
  expect(instance.permissions('TransactGetItems', { TransactItems: [{ Get: { TableName, Key } }] })).toEqual([
    { action: 'dynamodb:GetItem', resource: table, ...within('TransactGetItems') },
  ]);
});

test('a batch needs its action on each table, for all partitions it names', () => {
  const keys = [Key, { ...Key, pk: { S: 'b' } }, { ...Key, sk: { S: '2' } }];
  expect(instance.permissions('BatchGetItem', { RequestItems: { cases: { Keys: keys } } })).toEqual([
    { action: 'dynamodb:BatchGetItem', resource: table, ...leading('a', 'b') },
  ]);
  const requests = [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key: { ...Key, pk: { S: 'b' } } } }];
  expect(instance.permissions('BatchWriteItem', { RequestItems: { cases: requests } })).toEqual([
    { action: 'dynamodb:BatchWriteItem', resource: table, ...leading('a', 'b') },
  ]);
});

test('listing tables needs everything', () => {
  expect(instance.permissions('ListTables', {})).toEqual([{ action: 'dynamodb:ListTables', resource: '*' }]);
});
