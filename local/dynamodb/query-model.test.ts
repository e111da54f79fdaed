import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import { openForTests } from './testing/instance.ts';

const instance = openForTests();
afterAll(() => instance.close());

instance.service.ensureTable({
  TableName: 'numbers',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
    { AttributeName: 'half', AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-half',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'half', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
});

const operators: Readonly<Record<string, (sk: number, bound: number) => boolean>> = {
  '=': (sk, bound) => sk === bound,
  '<': (sk, bound) => sk < bound,
  '<=': (sk, bound) => sk <= bound,
  '>': (sk, bound) => sk > bound,
  '>=': (sk, bound) => sk >= bound,
};

const request = fc.record({
  keys: fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { maxLength: 25 }),
  operator: fc.constantFrom(...Object.keys(operators)),
  bound: fc.integer({ min: -22, max: 22 }),
  isForward: fc.boolean(),
  limit: fc.integer({ min: 1, max: 7 }),
  isByIndex: fc.boolean(),
});
let partitions = 0;

test('pages of a query together are what a filter over all items finds, in order', async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ keys, operator, bound, isForward, limit, isByIndex }) => {
      partitions += 1;
      const pk = { S: `p${partitions}` };
      const halfOf = (sk: number) => Math.floor(sk / 2);
      const items = keys.map((sk) => ({ pk, sk: { N: String(sk) }, half: { N: String(halfOf(sk)) } }));
      await Promise.all(items.map((Item) => instance.call('PutItem', { TableName: 'numbers', Item })));
      const found = await allPages({
        TableName: 'numbers',
        ...(isByIndex && { IndexName: 'by-half' }),
        KeyConditionExpression: `pk = :p AND ${isByIndex ? 'half' : 'sk'} ${operator} :b`,
        ExpressionAttributeValues: { ':p': pk, ':b': { N: String(bound) } },
        ScanIndexForward: isForward,
        Limit: limit,
      });
      const expected = keys
        .filter((sk) => operators[operator]?.(isByIndex ? halfOf(sk) : sk, bound))
        .sort((left, right) => left - right);
      expect(found).toEqual(isForward ? expected : expected.reverse());
    }),
    { numRuns: 200 },
  );
});

async function allPages(query: JsonObject): Promise<readonly number[]> {
  const found: number[] = [];
  let start: JsonObject | undefined;
  do {
    const page = await instance.call('Query', { ...query, ...(start && { ExclusiveStartKey: start }) });
    found.push(...(page['Items'] as readonly { sk: { N: string } }[]).map(({ sk }) => Number(sk.N)));
    start = page['LastEvaluatedKey'] as JsonObject | undefined;
  } while (start !== undefined);
  return found;
}
