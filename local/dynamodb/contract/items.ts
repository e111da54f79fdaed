import { DeleteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect } from 'vitest';
import { holdsFor, invalidBecause, key, put, read, refusal, useFixture } from './fixture.ts';

export function itemContract(): void {
  describe('items', () => {
    const fixture = useFixture();
    const send = (command: PutItemCommand) => fixture.client.send(command);

    holdsFor('gives back every type of attribute as it was put', async () => {
      const item = {
        ...key('types'),
        s: { S: 'grün 🌱' },
        n: { N: '-12.5' },
        b: { B: Uint8Array.of(0, 255, 7) },
        yes: { BOOL: true },
        nothing: { NULL: true },
        list: { L: [{ S: 'a' }, { N: '1' }, { L: [] }] },
        map: { M: { inner: { M: { deep: { S: '' } } }, constructor: { S: 'a name like any other' } } },
        strings: { SS: ['only'] },
        binaries: { BS: [Uint8Array.of(1)] },
      };
      await put(fixture, item);
      expect(await read(fixture, key('types'))).toEqual(item);
    });

    holdsFor('writes numbers out plainly', async () => {
      const numbers = { a: '1E2', b: '1.500', c: '-0', d: '1e-10', e: '.5', f: '+007' };
      const item = Object.fromEntries(Object.entries(numbers).map(([name, N]) => [name, { N }]));
      await put(fixture, { ...key('numbers'), ...item });
      expect(await read(fixture, key('numbers'))).toEqual({
        ...key('numbers'),
        a: { N: '100' },
        b: { N: '1.5' },
        c: { N: '0' },
        d: { N: '0.0000000001' },
        e: { N: '0.5' },
        f: { N: '7' },
      });
    });

    holdsFor('treats equal numbers as one key', async () => {
      await put(fixture, { pk: { S: 'same' }, sk: { N: '10' }, v: { S: 'first' } });
      await put(fixture, { pk: { S: 'same' }, sk: { N: '1E1' }, v: { S: 'second' } });
      expect(await read(fixture, { pk: { S: 'same' }, sk: { N: '10.0' } })).toEqual({
        ...key('same', 10),
        v: { S: 'second' },
      });
    });

    holdsFor('answers a get of what is not there without an item', async () => {
      const { TableName } = fixture;
      const answer = await fixture.client.send(new GetItemCommand({ TableName, Key: key('absent') }));
      expect(answer.Item).toBeUndefined();
    });

    holdsFor('takes the place of the whole item on put and gives the old one if asked', async () => {
      await put(fixture, { ...key('replace'), a: { S: 'old' }, b: { S: 'old' } });
      const { Attributes } = await send(
        new PutItemCommand({
          TableName: fixture.TableName,
          Item: { ...key('replace'), a: { S: 'new' } },
          ReturnValues: 'ALL_OLD',
        }),
      );
      expect(Attributes).toEqual({ ...key('replace'), a: { S: 'old' }, b: { S: 'old' } });
      expect(await read(fixture, key('replace'))).toEqual({ ...key('replace'), a: { S: 'new' } });
    });

    holdsFor('deletes once and gives the old item if asked', async () => {
      await put(fixture, { ...key('gone'), a: { S: 'x' } });
      const command = () =>
        new DeleteItemCommand({ TableName: fixture.TableName, Key: key('gone'), ReturnValues: 'ALL_OLD' });
      expect((await fixture.client.send(command())).Attributes).toEqual({ ...key('gone'), a: { S: 'x' } });
      expect((await fixture.client.send(command())).Attributes).toBeUndefined();
    });
  });
}

export function itemRefusalContract(): void {
  describe('items that do not fit', () => {
    const fixture = useFixture();
    const putItem = (Item: object) =>
      fixture.client.send(new PutItemCommand({ TableName: fixture.TableName, Item: Item as never }));

    for (const [what, attributes, message] of wrongItems) {
      holdsFor(`refuses to put ${what}`, async () => {
        const text = await invalidBecause(putItem({ ...key('wrong'), ...attributes }));
        expect(text).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
      });
    }

    holdsFor('refuses items over 400 KB and takes those just below', async () => {
      const padding = 400 * 1024 - 'pk'.length - 'large'.length - 'sk'.length - 2 - 'x'.length;
      await put(fixture, { ...key('large'), x: { S: 'x'.repeat(padding) } });
      const larger = putItem({ ...key('large'), x: { S: 'x'.repeat(padding + 1) } });
      expect(await invalidBecause(larger)).toBe('Item size has exceeded the maximum allowed size');
      const update = new UpdateItemCommand({
        TableName: fixture.TableName,
        Key: key('large'),
        UpdateExpression: 'SET y = :y',
        ExpressionAttributeValues: { ':y': { S: 'y' } },
      });
      expect(await invalidBecause(fixture.client.send(update))).toBe(
        'Item size to update has exceeded the maximum allowed size',
      );
    });
    holdsFor('takes 31 levels of maps', async () => {
      await putItem({ ...key('nested'), x: nested(31) });
    });

    holdsFor('names the key that an item lacks or has wrong', async () => {
      expect(await invalidBecause(putItem({ pk: { S: 'a' } }))).toBe(
        'One or more parameter values were invalid: Missing the key sk in the item',
      );
      expect(await invalidBecause(putItem({ pk: { S: 'a' }, sk: { S: '1' } }))).toBe(
        'One or more parameter values were invalid: Type mismatch for key sk expected: N actual: S',
      );
    });

    for (const [what, Key] of Object.entries(wrongKeys)) {
      holdsFor(`refuses a key ${what}`, async () => {
        const get = new GetItemCommand({ TableName: fixture.TableName, Key: Key as never });
        expect(await invalidBecause(fixture.client.send(get))).toBe(
          'The provided key element does not match the schema',
        );
      });
    }

    holdsFor('says when there is no such table', async () => {
      const get = new GetItemCommand({ TableName: 'no-such-table', Key: key('a') });
      expect(await refusal(fixture.client.send(get))).toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'Requested resource not found',
      });
    });
  });
}

const wrongKeys = {
  'without sort key': { pk: { S: 'a' } },
  'of another type': { pk: { S: 'a' }, sk: { S: '1' } },
  'with more': { ...key('a'), z: { S: '' } },
};

function nested(levels: number): object {
  return levels === 0 ? { S: 'x' } : { M: { a: nested(levels - 1) } };
}

/** What is wrong, with which attributes, and the error. */
const wrongItems: readonly (readonly [string, object, string | RegExp])[] = [
  [
    'an attribute without type',
    { x: {} },
    'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
  ],
  [
    'an empty string set',
    { x: { SS: [] } },
    'One or more parameter values were invalid: An string set  may not be empty',
  ],
  [
    'an empty number set',
    { x: { NS: [] } },
    'One or more parameter values were invalid: An number set  may not be empty',
  ],
  ['a string set with a repetition', { x: { SS: ['a', 'a'] } }, /Input collection \[a, a\] contains duplicates/],
  ['a number set with a repetition', { x: { NS: ['1', '1.0'] } }, 'Input collection contains duplicates'],
  ['text for a number', { x: { N: 'abc' } }, /cannot be converted/],
  ['39 significant digits', { x: { N: '1'.repeat(39) } }, /38/],
  [
    'a number too large',
    { x: { N: '1e126' } },
    'Number overflow. Attempting to store a number with magnitude larger than supported range',
  ],
  [
    'a number too small',
    { x: { N: '1e-131' } },
    'Number underflow. Attempting to store a number with magnitude smaller than supported range',
  ],
  [
    'NULL that is false',
    { x: { NULL: false } },
    'One or more parameter values were invalid: Null attribute value types must have the value of true',
  ],
  ['more than 32 levels', { x: nested(32) }, /^Nesting Levels have exceeded supported limits/],
  [
    'an empty hash key',
    { pk: { S: '' } },
    'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
  ],
  [
    'an empty index key',
    { team: { S: '' } },
    'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-team, IndexKey: team',
  ],
  [
    'an index key of another type',
    { team: { N: '1' } },
    /^One or more parameter values were invalid: Type mismatch for Index Key/,
  ],
];
