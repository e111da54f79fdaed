import { BatchGetItemCommand, BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { describe, expect } from 'vitest';
import { holdsFor, type Item, invalidBecause, key, put, read, refusal, useFixture } from './fixture.ts';

export function batchContract(): void {
  describe('batches', () => {
    const fixture = useFixture();
    const { TableName } = fixture;
    const write = (requests: WriteRequest[], table = TableName) =>
      fixture.client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    const get = (Keys: Item[], more: object = {}) =>
      fixture.client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ...more } } }));
    const putOf = (Item: Item) => ({ PutRequest: { Item } });

    holdsFor('puts and deletes', async () => {
      await put(fixture, key('b', 1));
      const { UnprocessedItems } = await write([
        putOf({ ...key('b', 2), x: { S: 'x' } }),
        { DeleteRequest: { Key: key('b', 1) } },
      ]);
      expect(UnprocessedItems).toEqual({});
      expect(await read(fixture, key('b', 1))).toBeUndefined();
      expect(await read(fixture, key('b', 2))).toEqual({ ...key('b', 2), x: { S: 'x' } });
    });

    holdsFor('gets what is there', async () => {
      await put(fixture, { ...key('g', 1), a: { S: 'a' } }, { ...key('g', 2), a: { S: 'b' } });
      const { Responses, UnprocessedKeys } = await get([key('g', 1), key('g', 2), key('g', 3)], {
        ProjectionExpression: 'a',
      });
      expect(Responses?.[TableName]?.map(({ a }) => a?.S).sort()).toEqual(['a', 'b']);
      expect(UnprocessedKeys).toEqual({});
    });

    holdsFor('takes 25 writes and 100 keys, and refuses more', async () => {
      const keys = (count: number) => Array.from({ length: count }, (_, sk) => key('limit', sk));
      await write(keys(25).map(putOf));
      expect((await get(keys(100))).Responses?.[TableName]).toHaveLength(25);
      expect(await invalidBecause(write(keys(26).map(putOf)))).toBe(
        'Too many items requested for the BatchWriteItem call',
      );
      expect(await invalidBecause(get(keys(101)))).toBe('Too many items requested for the BatchGetItem call');
    });

    holdsFor('refuses one item twice', async () => {
      const twice = 'Provided list of item keys contains duplicates';
      expect(await invalidBecause(write([putOf(key('d')), { DeleteRequest: { Key: key('d') } }]))).toBe(twice);
      expect(await invalidBecause(get([key('d'), key('d')]))).toBe(twice);
    });

    holdsFor('refuses an empty list, and a table that is not there', async () => {
      expect(await invalidBecause(write([]))).toMatch(/empty|length/);
      expect((await refusal(write([putOf(key('a'))], 'no-such-table'))).name).toBe('ResourceNotFoundException');
    });

    holdsFor('writes nothing when one item is wrong', async () => {
      await refusal(write([putOf(key('half')), putOf({ pk: { S: 'half' } })]));
      expect(await read(fixture, key('half'))).toBeUndefined();
    });
  });
}
