import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  QueryCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { describe, expect } from 'vitest';
import { type Fixture, holdsFor, invalidBecause, key, put, refusal, useFixture } from './fixture.ts';

export function tableContract(): void {
  describe('tables', () => {
    const fixture = useFixture();
    const { TableName } = fixture;
    const create = (input: Partial<CreateTableCommandInput>) => createMore(fixture, input);

    holdsFor('describes a table as it was made', async () => {
      const { Table } = await fixture.client.send(new DescribeTableCommand({ TableName }));
      expect(Table).toMatchObject({
        TableName,
        TableStatus: 'ACTIVE',
        CreationDateTime: expect.any(Date),
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-team',
            IndexStatus: 'ACTIVE',
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['shown'] },
          },
        ],
        LocalSecondaryIndexes: [{ IndexName: 'by-label', Projection: { ProjectionType: 'KEYS_ONLY' } }],
      });
      expect(Table?.AttributeDefinitions).toHaveLength(5);
    });

    holdsFor('makes, lists and deletes a table', async () => {
      const name = { TableName: `${TableName}-more` };
      await create({});
      await waitUntilTableExists({ client: fixture.client, maxWaitTime: 60, minDelay: 1 }, name);
      expect((await refusal(create({}))).name).toBe('ResourceInUseException');
      const before = { ExclusiveStartTableName: TableName, Limit: 1 };
      expect((await fixture.client.send(new ListTablesCommand(before))).TableNames).toEqual([name.TableName]);
      await fixture.client.send(new DeleteTableCommand(name));
      await waitUntilTableNotExists({ client: fixture.client, maxWaitTime: 60, minDelay: 1 }, name);
      const missing = await refusal(fixture.client.send(new DescribeTableCommand(name)));
      expect(missing).toMatchObject({ name: 'ResourceNotFoundException' });
    });

    holdsFor('says which table is not there', async () => {
      const missing = await refusal(fixture.client.send(new DescribeTableCommand({ TableName: 'no-such-table' })));
      expect(missing.message).toBe('Requested resource not found: Table: no-such-table not found');
    });
  });
}

export function indexChangeContract(): void {
  describe('indexes that come and go', () => {
    const fixture = useFixture();
    const { TableName } = fixture;

    holdsFor('adds an index over what is there, and takes it away', async () => {
      await put(
        fixture,
        { ...key('x'), colour: { S: 'red' } },
        { ...key('y'), colour: { S: 'red' } },
        { ...key('z'), colour: { N: '1' } },
      );
      await fixture.client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions: [{ AttributeName: 'colour', AttributeType: 'S' }],
          GlobalSecondaryIndexUpdates: [
            {
              Create: {
                IndexName: 'by-colour',
                KeySchema: [{ AttributeName: 'colour', KeyType: 'HASH' }],
                Projection: { ProjectionType: 'ALL' },
              },
            },
          ],
        }),
      );
      await expect.poll(indexStates, { timeout: 30_000 }).toContainEqual({ name: 'by-colour', status: 'ACTIVE' });
      const query = {
        TableName,
        IndexName: 'by-colour',
        KeyConditionExpression: 'colour = :c',
        ExpressionAttributeValues: { ':c': { S: 'red' } },
      };
      expect((await fixture.client.send(new QueryCommand(query))).Count).toBe(2);
      const remove = { TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-colour' } }] };
      await fixture.client.send(new UpdateTableCommand(remove));
      await expect.poll(indexStates, { timeout: 30_000 }).toEqual([{ name: 'by-team', status: 'ACTIVE' }]);
    });

    async function indexStates() {
      const { Table } = await fixture.client.send(new DescribeTableCommand({ TableName }));
      return Table?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus }) => ({
        name: IndexName,
        status: IndexStatus,
      }));
    }
  });
}

export function tableSettingContract(): void {
  describe('settings of tables', () => {
    const fixture = useFixture();
    const { TableName } = fixture;
    const create = (input: Partial<CreateTableCommandInput>) => createMore(fixture, input);

    holdsFor('turns time to live on and off', async () => {
      const set = (AttributeName: string, Enabled: boolean) =>
        fixture.client.send(
          new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
        );
      const described = async () =>
        (await fixture.client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
      expect(await invalidBecause(set('expires', false))).toBe('TimeToLive is already disabled');
      await set('expires', true);
      expect(await described()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
      expect(await invalidBecause(set('expires', true))).toBe('TimeToLive is already enabled');
      expect(await invalidBecause(set('another', false))).toBe('TimeToLive is active on a different AttributeName');
    });

    const wrong: readonly (readonly [string, Partial<CreateTableCommandInput>, RegExp])[] = [
      ['a short name', { TableName: 'ab' }, /3/],
      ['a name with a blank', { TableName: 'a b c' }, /a-zA-Z0-9|a-z, A-Z, 0-9/],
      ['a key that is not described', { AttributeDefinitions: [] }, /AttributeDefinitions|attribute|Attribute/],
      [
        'a description of what is no key',
        { AttributeDefinitions: [...simple.AttributeDefinitions, { AttributeName: 'q', AttributeType: 'S' }] },
        /attributes/,
      ],
      ['a range key alone', { KeySchema: [{ AttributeName: 'pk', KeyType: 'RANGE' }] }, /HASH|Hash/],
      ['an empty list of indexes', { GlobalSecondaryIndexes: [] }, /is empty/],
      ['no throughput where it is billed by it', { BillingMode: 'PROVISIONED' }, /throughput|CapacityUnits/],
    ];
    for (const [what, input, message] of wrong) {
      holdsFor(`refuses to make a table with ${what}`, async () => {
        expect(await invalidBecause(create(input))).toMatch(message);
      });
    }
  });
}

function createMore({ client, TableName }: Fixture, input: Partial<CreateTableCommandInput>) {
  return client.send(new CreateTableCommand({ ...simple, TableName: `${TableName}-more`, ...input }));
}

const simple = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
} satisfies Partial<CreateTableCommandInput>;
