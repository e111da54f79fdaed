import { QueryCommand, type QueryCommandInput, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect } from 'vitest';
import { type Fixture, holdsFor, type Item, invalidBecause, key, put, useFixture } from './fixture.ts';
import { allPages } from './queries.ts';

export function indexContract(): void {
  describe('indexes', () => {
    const fixture = useFixture();
    const query = (input: Partial<QueryCommandInput>) => send(fixture, input);

    beforeAll(async () => {
      await put(fixture, ...members, { ...key('aside'), team: { S: 'red' } }, { ...key('alone'), rank: { N: '1' } });
    });

    holdsFor('holds only items with all index keys, and only projected attributes', async () => {
      const { Items = [] } = await query(inTeam('red'));
      expect(Items).toHaveLength(25);
      const first = Items.find(({ pk }) => pk?.S === 'case-0');
      expect(first).toEqual({ ...key('case-0'), team: { S: 'red' }, rank: { N: '0' }, shown: { S: 'yes' } });
    });

    holdsFor('pages through a global index down to the last item, also where keys are equal', async () => {
      const pages = await allPages(fixture, { ...inTeam('red'), ScanIndexForward: false, Limit: 7 });
      expect(pages.map(({ Count }) => Count)).toEqual([7, 7, 7, 4]);
      const items = pages.flatMap(({ Items = [] }) => Items);
      expect(new Set(items.map(({ pk }) => pk?.S)).size).toBe(25);
      const ranks = items.map(({ rank }) => Number(rank?.N));
      expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
      expect(Object.keys(pages[0]?.LastEvaluatedKey ?? {}).sort()).toEqual(['pk', 'rank', 'sk', 'team']);
    });

    holdsFor('moves an item in the index when its index key changes and drops it when the key goes', async () => {
      await put(fixture, { ...key('mover'), team: { S: 'blue' }, rank: { N: '1' } });
      const update = (UpdateExpression: string, values?: Item) =>
        fixture.client.send(
          new UpdateItemCommand({
            TableName: fixture.TableName,
            Key: key('mover'),
            UpdateExpression,
            ...(values && { ExpressionAttributeValues: values }),
          }),
        );
      await update('SET team = :t', { ':t': { S: 'green' } });
      expect((await query(inTeam('blue'))).Count).toBe(0);
      expect((await query(inTeam('green'))).Count).toBe(1);
      await update('REMOVE team');
      expect((await query(inTeam('green'))).Count).toBe(0);
    });

    holdsFor('goes from a local index to the table for what the index does not hold', async () => {
      await put(
        fixture,
        { ...key('local', 1), label: { S: 'b' }, x: { S: '1' } },
        { ...key('local', 2), label: { S: 'a' } },
      );
      const input = {
        IndexName: 'by-label',
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :p AND begins_with(label, :l)',
        ExpressionAttributeValues: { ':p': { S: 'local' }, ':l': { S: 'b' } },
      };
      expect((await query(input)).Items).toEqual([{ ...key('local', 1), label: { S: 'b' } }]);
      expect((await query({ ...input, Select: 'ALL_ATTRIBUTES' })).Items).toEqual([
        { ...key('local', 1), label: { S: 'b' }, x: { S: '1' } },
      ]);
      expect((await query({ ...input, ProjectionExpression: 'x' })).Items).toEqual([{ x: { S: '1' } }]);
    });
  });
}

export function indexRefusalContract(): void {
  describe('indexes that do not hold what is asked', () => {
    const fixture = useFixture();
    const query = (input: Partial<QueryCommandInput>) => send(fixture, input);

    const refused: readonly (readonly [string, Partial<QueryCommandInput>, string])[] = [
      ['consistent reads', { ConsistentRead: true }, 'Consistent reads are not supported on global secondary indexes'],
      [
        'all attributes',
        { Select: 'ALL_ATTRIBUTES' },
        'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index by-team because its projection type is not ALL',
      ],
      [
        'an attribute it does not hold',
        { ProjectionExpression: 'unshown' },
        'One or more parameter values were invalid: Global secondary index by-team does not project [unshown]',
      ],
      [
        'a filter on what it does not hold',
        { FilterExpression: 'unshown = :t' },
        'One or more parameter values were invalid: Secondary index by-team does not project one or more filter attributes: [unshown]',
      ],
      [
        'a start key without the index key',
        { ExclusiveStartKey: key('case-0') },
        'The provided starting key is invalid',
      ],
    ];
    for (const [what, input, message] of refused) {
      holdsFor(`refuses ${what} on a global index`, async () => {
        expect(await invalidBecause(query({ ...inTeam('red'), ...input }))).toBe(message);
      });
    }
  });
}

export function scanContract(): void {
  describe('scans', () => {
    const fixture = useFixture();
    const scan = (input: object) => fixture.client.send(new ScanCommand({ TableName: fixture.TableName, ...input }));

    beforeAll(async () => {
      await put(fixture, ...members, key('alone'));
    });

    holdsFor('scans the table and an index, in one go and in segments', async () => {
      expect((await scan({ IndexName: 'by-team', Select: 'COUNT' })).Count).toBe(25);
      const whole = await scan({ ProjectionExpression: 'pk' });
      const segments = await Promise.all(
        [0, 1, 2].map((Segment) => scan({ Segment, TotalSegments: 3, ProjectionExpression: 'pk' })),
      );
      const names = (items: readonly Item[] = []) => items.map(({ pk }) => pk?.S).sort();
      expect(names(segments.flatMap(({ Items = [] }) => Items))).toEqual(names(whole.Items));
    });

    holdsFor('pages through a scan', async () => {
      const names = new Set<string | undefined>();
      let start: Item | undefined;
      do {
        const page = await scan({
          Limit: 4,
          FilterExpression: 'attribute_exists(shown)',
          ...(start && { ExclusiveStartKey: start }),
        });
        for (const { pk } of page.Items ?? []) names.add(pk?.S);
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      expect(names.size).toBe(25);
    });
  });
}

const members = Array.from({ length: 25 }, (_, at) => member(at));

function send({ client, TableName }: Fixture, input: Partial<QueryCommandInput>) {
  return client.send(new QueryCommand({ TableName, ...input }));
}

function member(at: number): Item {
  return {
    ...key(`case-${at}`),
    team: { S: 'red' },
    rank: { N: String(Math.floor(at / 3)) },
    shown: { S: 'yes' },
    unshown: { S: 'no' },
  };
}

function inTeam(team: string): Partial<QueryCommandInput> {
  return {
    IndexName: 'by-team',
    KeyConditionExpression: 'team = :t',
    ExpressionAttributeValues: { ':t': { S: team } },
  };
}
