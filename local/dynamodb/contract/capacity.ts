import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect } from 'vitest';
import { holdsFor, type Item, key, put, useFixture } from './fixture.ts';

const ReturnConsumedCapacity = 'INDEXES' as const;

export function writeCapacityContract(): void {
  describe('consumed capacity of writes', () => {
    const fixture = useFixture();
    const { TableName } = fixture;

    async function putUnits(Item: Item) {
      const command = new PutItemCommand({ TableName, Item, ReturnConsumedCapacity });
      return (await fixture.client.send(command)).ConsumedCapacity;
    }

    holdsFor('counts a write by the larger of before and after, in whole KB', async () => {
      expect(await putUnits(key('w'))).toMatchObject({ TableName, CapacityUnits: 1 });
      expect(await putUnits({ ...key('w'), x: text(2500) })).toMatchObject({ CapacityUnits: 3 });
      expect(await putUnits(key('w'))).toMatchObject({ CapacityUnits: 3 });
      const gone = await fixture.client.send(
        new DeleteItemCommand({ TableName, Key: key('w'), ReturnConsumedCapacity }),
      );
      expect(gone.ConsumedCapacity).toMatchObject({ CapacityUnits: 1 });
    });

    holdsFor('counts index entries that appear, change, stay and move', async () => {
      const units = async (UpdateExpression: string, value: Item[string]) => {
        const command = new UpdateItemCommand({
          TableName,
          Key: key('i'),
          UpdateExpression,
          ExpressionAttributeValues: { ':v': value },
          ReturnConsumedCapacity,
        });
        return (await fixture.client.send(command)).ConsumedCapacity;
      };
      expect(await putUnits({ ...key('i'), team: { S: 'red' }, rank: { N: '1' } })).toMatchObject({
        CapacityUnits: 2,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: { 'by-team': { CapacityUnits: 1 } },
      });
      expect(await units('SET shown = :v', { S: 'x' })).toMatchObject({ CapacityUnits: 2 });
      expect(await units('SET unshown = :v', { S: 'x' })).toMatchObject({ CapacityUnits: 1 });
      expect(await units('SET team = :v', { S: 'blue' })).toMatchObject({ CapacityUnits: 3 });
    });
  });
}

export function readCapacityContract(): void {
  describe('consumed capacity of reads and transactions', () => {
    const fixture = useFixture();
    const { TableName } = fixture;

    holdsFor('counts a read in 4 KB, and half when it may be stale', async () => {
      await put(fixture, { ...key('r'), x: text(5000) });
      const get = async (pk: string, ConsistentRead: boolean) => {
        const command = new GetItemCommand({ TableName, Key: key(pk), ConsistentRead, ReturnConsumedCapacity });
        return (await fixture.client.send(command)).ConsumedCapacity?.CapacityUnits;
      };
      expect([await get('r', false), await get('r', true), await get('none', false), await get('none', true)]).toEqual([
        1, 2, 0.5, 1,
      ]);
    });

    holdsFor('counts a query by the sum of what it looked at', async () => {
      await put(fixture, ...Array.from({ length: 10 }, (_, sk) => ({ ...key('q', sk), x: text(900) })));
      const { ConsumedCapacity } = await fixture.client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :p',
          FilterExpression: 'x = :p',
          ExpressionAttributeValues: { ':p': { S: 'q' } },
          ReturnConsumedCapacity,
        }),
      );
      expect(ConsumedCapacity).toMatchObject({ CapacityUnits: 1.5 });
    });

    holdsFor('counts each part of a transaction twice', async () => {
      await put(fixture, key('t', 1));
      const Get = (sk: number) => ({ Get: { TableName, Key: key('t', sk) } });
      const reads = new TransactGetItemsCommand({ TransactItems: [Get(1), Get(2)], ReturnConsumedCapacity });
      expect((await fixture.client.send(reads)).ConsumedCapacity).toMatchObject([{ TableName, CapacityUnits: 4 }]);
      const writes = new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName, Item: key('t', 2) } }, { Delete: { TableName, Key: key('t', 1) } }],
        ReturnConsumedCapacity,
      });
      expect((await fixture.client.send(writes)).ConsumedCapacity).toMatchObject([{ CapacityUnits: 4 }]);
    });
  });
}

function text(bytes: number) {
  return { S: 'x'.repeat(bytes) };
}
