import { TransactGetItemsCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect } from 'vitest';
import { type Fixture, holdsFor, type Item, invalidBecause, key, put, read, refusal, useFixture } from './fixture.ts';

export function transactionContract(): void {
  describe('transactions', () => {
    const fixture = useFixture();
    const { TableName } = fixture;
    const { write, putPart, addPart } = partsOf(fixture);

    holdsFor('does all parts', async () => {
      await put(fixture, key('old'), { ...key('count'), n: { N: '1' } });
      await write([
        putPart(key('new'), isNew),
        addPart(key('count')),
        { Delete: { TableName, Key: key('old') } },
        { ConditionCheck: { TableName, Key: key('absent'), ...isNew } },
      ]);
      expect(await read(fixture, key('new'))).toEqual(key('new'));
      expect(await read(fixture, key('count'))).toEqual({ ...key('count'), n: { N: '2' } });
      expect(await read(fixture, key('old'))).toBeUndefined();
      expect(await read(fixture, key('absent'))).toBeUndefined();
    });

    holdsFor('does nothing when one condition fails, and says which', async () => {
      await put(fixture, { ...key('taken'), v: { S: 'there' } });
      const outcome = await refusal(
        write([
          putPart(key('never')),
          putPart(key('taken'), { ...isNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
          { ConditionCheck: { TableName, Key: key('absent'), ConditionExpression: 'attribute_exists(pk)' } },
        ]),
      );
      const Message = expect.stringContaining('The conditional request failed');
      const failed = { Code: 'ConditionalCheckFailed', Message };
      expect(outcome).toMatchObject({
        name: 'TransactionCanceledException',
        message:
          'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]',
        fields: {
          CancellationReasons: [{ Code: 'None' }, { ...failed, Item: { ...key('taken'), v: { S: 'there' } } }, failed],
        },
      });
      expect(await read(fixture, key('never'))).toBeUndefined();
    });

    holdsFor('cancels when an update does not fit its item', async () => {
      const update = { TableName, Key: key('unfit'), UpdateExpression: 'SET a = nope' };
      expect(await refusal(write([{ Update: update }, putPart(key('never'))]))).toMatchObject({
        name: 'TransactionCanceledException',
        fields: {
          CancellationReasons: [
            {
              Code: 'ValidationError',
              Message: 'The provided expression refers to an attribute that does not exist in the item',
            },
            { Code: 'None' },
          ],
        },
      });
    });
  });
}

export function transactionRefusalContract(): void {
  describe('transactions that do not fit', () => {
    const fixture = useFixture();
    const { TableName } = fixture;
    const { write, putPart, addPart } = partsOf(fixture);

    holdsFor('cancels when an index key has the wrong type', async () => {
      const { name, fields } = await refusal(write([putPart({ ...key('typed'), team: { N: '1' } })]));
      expect(name).toBe('TransactionCanceledException');
      expect(fields).toMatchObject({ CancellationReasons: [{ Code: 'ValidationError' }] });
    });

    holdsFor('performs a request with one token once, and refuses another request with it', async () => {
      const token = `token-${Date.now()}`;
      await write([addPart(key('once'))], token);
      await write([addPart(key('once'))], token);
      expect(await read(fixture, key('once'))).toEqual({ ...key('once'), n: { N: '1' } });
      const other = await refusal(write([addPart(key('once'), '2')], token));
      expect(other.name).toBe('IdempotentParameterMismatchException');
    });

    holdsFor('keeps two counters equal under 50 racing transactions', async () => {
      const both = () => write([addPart(key('left')), addPart(key('right'))]);
      const outcomes = await Promise.allSettled(Array.from({ length: 50 }, both));
      const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
      expect(await read(fixture, key('left'))).toEqual({ ...key('left'), n: { N: String(done) } });
      expect(await read(fixture, key('right'))).toEqual({ ...key('right'), n: { N: String(done) } });
    });

    holdsFor('takes 100 parts and refuses 101', async () => {
      const parts = (count: number) => Array.from({ length: count }, (_, sk) => putPart(key('many', sk)));
      await write(parts(100));
      expect(await invalidBecause(write(parts(101)))).toMatch(/Member must have length less than or equal to 100/);
    });

    holdsFor('refuses two parts on one item, an empty part and none', async () => {
      expect(await invalidBecause(write([putPart(key('a')), addPart(key('a'))]))).toBe(
        'Transaction request cannot include multiple operations on one item',
      );
      expect(await invalidBecause(write([]))).toMatch(/Member must have length greater than or equal to 1/);
    });

    holdsFor('refuses a wrong expression before anything else', async () => {
      const check = { TableName, Key: key('a'), ConditionExpression: 'foo' };
      expect(await invalidBecause(write([{ ConditionCheck: check }]))).toBe(
        'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "foo"',
      );
    });

    holdsFor('refuses more than 4 MB', async () => {
      const parts = Array.from({ length: 14 }, (_, sk) =>
        putPart({ ...key('heavy', sk), x: { S: 'x'.repeat(310_000) } }),
      );
      expect(await invalidBecause(write(parts))).toMatch(/^Transaction payload size cannot exceed 4MB/);
    });

    holdsFor('reads several items at once, with an empty answer for each that is not there', async () => {
      await put(fixture, { ...key('r1'), a: { S: 'a' }, b: { S: 'b' } });
      const get = (Key: Item, more: object = {}) => ({ Get: { TableName, Key, ...more } });
      const { Responses } = await fixture.client.send(
        new TransactGetItemsCommand({
          TransactItems: [get(key('r1'), { ProjectionExpression: 'b' }), get(key('none'))],
        }),
      );
      expect(Responses).toEqual([{ Item: { b: { S: 'b' } } }, {}]);
    });
  });
}

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };

function partsOf(fixture: Fixture) {
  const { TableName } = fixture;
  return {
    write: (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
      fixture.client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken })),
    putPart: (Item: Item, more: object = {}) => ({ Put: { TableName, Item, ...more } }),
    addPart: (Key: Item, N = '1') => ({
      Update: { TableName, Key, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N } } },
    }),
  };
}
