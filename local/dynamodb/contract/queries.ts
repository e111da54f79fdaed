import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect } from 'vitest';
import { type Fixture, holdsFor, type Item, invalidBecause, key, put, useFixture } from './fixture.ts';

export function queryContract(): void {
  describe('queries', () => {
    const fixture = useFixture();
    const query = (input: Partial<QueryCommandInput>) => send(fixture, input);
    const sortKeys = async (input: Partial<QueryCommandInput>) =>
      (await query({ ProjectionExpression: 'sk', ...input })).Items?.map(({ sk }) => sk?.N);

    beforeAll(async () => {
      await put(fixture, ...numbers);
    });

    holdsFor('orders numbers as numbers, both ways', async () => {
      expect(await sortKeys(inNumbers())).toEqual(ordered);
      expect(await sortKeys({ ...inNumbers(), ScanIndexForward: false })).toEqual([...ordered].reverse());
    });

    const spans: readonly (readonly [string, string, string?])[] = [
      ['sk = :a', '1.5'],
      ['sk < :a', '0'],
      ['sk <= :a', '-1.0'],
      ['sk > :a', '1E2'],
      ['sk >= :a', '1.25'],
      [':a >= sk', '9'],
      ['sk BETWEEN :a AND :b', '-1.5', '1.250'],
    ];
    for (const [span, a, b] of spans) {
      holdsFor(`finds ${span} for ${b === undefined ? a : `${a} and ${b}`}`, async () => {
        const values = { ':a': { N: a }, ...(b !== undefined && { ':b': { N: b } }) };
        expect(await sortKeys(inNumbers(` AND ${span}`, values))).toEqual(
          ordered.filter(inside(span, Number(a), Number(b))),
        );
      });
    }

    for (const forward of [true, false]) {
      holdsFor(`pages through a span ${forward ? 'up' : 'down'} without loss or repetition`, async () => {
        const input = { ...inNumbers(' AND sk > :a', { ':a': { N: '-2' } }), ScanIndexForward: forward, Limit: 3 };
        const expected = ordered.filter((sk) => Number(sk) > -2);
        const pages = await allPages(fixture, input);
        expect(pages.flatMap(({ Items = [] }) => Items.map(({ sk }) => sk?.N))).toEqual(
          forward ? expected : expected.reverse(),
        );
        expect(pages.slice(0, -1).every(({ Count }) => Count === 3)).toBe(true);
      });
    }
  });
}

export function queryPageContract(): void {
  describe('pages of queries', () => {
    const fixture = useFixture();
    const query = (input: Partial<QueryCommandInput>) => send(fixture, input);

    beforeAll(async () => {
      await put(fixture, ...numbers);
    });

    holdsFor('gives a last key when the limit is reached, also at the very end', async () => {
      const { LastEvaluatedKey } = await query(inNumbers(' AND sk = :a', { ':a': { N: '9' } }, { Limit: 1 }));
      expect(LastEvaluatedKey).toEqual(key('numbers', 9));
    });

    holdsFor('looks at no more than the limit, whatever the filter keeps', async () => {
      const filter = { FilterExpression: 'label = :l', Limit: 4 };
      const { Count, ScannedCount, LastEvaluatedKey } = await query(inNumbers('', { ':l': { S: 'none' } }, filter));
      expect({ Count, ScannedCount, LastEvaluatedKey }).toEqual({
        Count: 0,
        ScannedCount: 4,
        LastEvaluatedKey: { pk: { S: 'numbers' }, sk: { N: ordered[3] } },
      });
    });

    holdsFor('only counts when asked', async () => {
      const { Count, Items } = await query(inNumbers('', {}, { Select: 'COUNT' }));
      expect({ Count, Items }).toEqual({ Count: ordered.length, Items: undefined });
    });

    holdsFor('ends a page at 1 MB', async () => {
      await put(
        fixture,
        ...Array.from({ length: 15 }, (_, sk) => ({ ...key('big', sk), x: { S: 'x'.repeat(100 * 1024) } })),
      );
      const pages = await allPages(fixture, {
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'big' } },
      });
      expect(pages.map(({ Count }) => Count)).toEqual([11, 4]);
    });

    holdsFor('selects parts of documents', async () => {
      const document = { M: { a: { L: [{ S: '0' }, { S: '1' }, { S: '2' }] }, b: { S: 'b' } } };
      await put(fixture, { ...key('parts'), document, other: { S: 'x' } });
      const { Items } = await query({
        KeyConditionExpression: 'pk = :p',
        ProjectionExpression: 'document.a[2], document.a[0], nope, document.nope',
        ExpressionAttributeValues: { ':p': { S: 'parts' } },
      });
      expect(Items).toEqual([{ document: { M: { a: { L: [{ S: '0' }, { S: '2' }] } } } }]);
    });
  });
}

export function queryRefusalContract(): void {
  describe('queries that do not fit', () => {
    const fixture = useFixture();
    const query = (input: Partial<QueryCommandInput>) => send(fixture, input);

    for (const [expression, message, values] of wrong) {
      holdsFor(`refuses the key condition "${expression}"`, async () => {
        const call = query({
          KeyConditionExpression: expression,
          ExpressionAttributeValues: { ':p': { S: 'p' }, ...values },
        });
        expect(await invalidBecause(call)).toBe(message);
      });
    }

    holdsFor('refuses a filter on the key, a limit of none and an index that is not there', async () => {
      const onKey = { FilterExpression: 'sk = :p' };
      expect(await invalidBecause(query({ ...inPartition, ...onKey }))).toBe(
        'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
      );
      expect(await invalidBecause(query({ ...inPartition, Limit: 0 }))).toMatch(/greater than or equal to 1/);
      expect(await invalidBecause(query({ ...inPartition, IndexName: 'nope' }))).toBe(
        'The table does not have the specified index: nope',
      );
    });

    const start = (pk: string, sk: number) => ({ ExclusiveStartKey: key(pk, sk) });

    holdsFor('refuses a start key of another partition', async () => {
      expect(await invalidBecause(query({ ...inPartition, ...start('q', 1) }))).toBe(
        'The provided starting key is outside query boundaries based on provided conditions',
      );
    });

    holdsFor('refuses a start key outside of the span', async () => {
      const below5 = inNumbers(' AND sk < :a', { ':a': { N: '5' } }, start('numbers', 9));
      expect(await invalidBecause(query(below5))).toBe(
        'The provided starting key does not match the range key predicate',
      );
    });
  });
}

const ordered = [
  '-100',
  '-10',
  '-1.5',
  '-1',
  '-0.001',
  '0',
  '0.001',
  '1',
  '1.25',
  '1.5',
  '9',
  '10',
  '11',
  '100',
  '101',
  '1001',
  '12345678901234567890123456789012345678',
];
const numbers = [...ordered].sort().map((N) => ({ pk: { S: 'numbers' }, sk: { N }, label: { S: `l${N.length}` } }));

const inPartition = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } };

function inNumbers(more = '', values: Item = {}, input: Partial<QueryCommandInput> = {}): Partial<QueryCommandInput> {
  return {
    KeyConditionExpression: `pk = :numbers${more}`,
    ExpressionAttributeValues: { ':numbers': { S: 'numbers' }, ...values },
    ...input,
  };
}

function inside(span: string, a: number, b: number): (sk: string) => boolean {
  if (span.includes('BETWEEN')) return (sk) => Number(sk) >= a && Number(sk) <= b;
  if (span.startsWith(':a')) return (sk) => a >= Number(sk);
  const operator = span.split(' ')[1];
  return (text) => {
    const sk = Number(text);
    if (operator === '=') return sk === a;
    return operator === '<' ? sk < a : operator === '<=' ? sk <= a : operator === '>' ? sk > a : sk >= a;
  };
}

function send({ client, TableName }: Fixture, input: Partial<QueryCommandInput>): Promise<QueryCommandOutput> {
  return client.send(new QueryCommand({ TableName, ...input }));
}

/** All pages up to the last one, which may be empty. */
export async function allPages(fixture: Fixture, input: Partial<QueryCommandInput>): Promise<QueryCommandOutput[]> {
  const pages = [await send(fixture, input)];
  for (let last = pages[0]?.LastEvaluatedKey; last !== undefined; last = pages.at(-1)?.LastEvaluatedKey) {
    pages.push(await send(fixture, { ...input, ExclusiveStartKey: last }));
  }
  return pages;
}

/** Key condition, the error, and values beside `:p`, which is the string "p". */
const wrong: readonly (readonly [string, string, Item?])[] = [
  ['pk > :p', 'Query key condition not supported'],
  ['sk = :p', 'Query condition missed key schema element: pk'],
  ['pk = :p AND label = :p', 'Query condition missed key schema element: sk'],
  [
    'pk = :p AND sk = :p',
    'One or more parameter values were invalid: Condition parameter type does not match schema type',
  ],
  ['pk = :p AND sk <> :p', 'Invalid operator used in KeyConditionExpression: <>'],
  ['pk = :p OR sk = :p', 'Invalid operator used in KeyConditionExpression: OR'],
  ['pk = :p AND contains(sk, :p)', 'Invalid operator used in KeyConditionExpression: contains'],
  ['pk = :p AND pk = :p', 'KeyConditionExpressions must only contain one condition per key'],
  [
    'pk = :p AND sk > :a AND sk < :a',
    'KeyConditionExpressions must only contain one condition per key',
    { ':a': { N: '1' } },
  ],
  ['pk.a = :p', "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk"],
  [
    'pk = :e AND sk = :p',
    'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    { ':e': { S: '' } },
  ],
];
