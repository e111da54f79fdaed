import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { connect } from '../clients.ts';
import { createTable, INDEX, ITEMS_PER_PARTITION, loadItems, TABLE, TEAMS } from '../items.ts';
import { type Benchmark, timed } from '../measurement.ts';
import { startRuntime } from '../runtime-process.ts';

/** Queries in a table with many items: one partition of 100, and the newest 20 of a tenth of the table. */
export const queries: Benchmark = {
  name: 'queries',
  open: async (place, { storedItems, serialCalls }) => {
    const runtime = await startRuntime(place);
    const clients = connect(runtime.url);
    await createTable(clients.dynamodb);
    const partition = (index: number) =>
      new QueryCommand({
        TableName: TABLE,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: `case-${(index * 7919) % (storedItems / ITEMS_PER_PARTITION)}` } },
        Limit: 20,
      });
    const newest = (index: number) =>
      new QueryCommand({
        TableName: TABLE,
        IndexName: INDEX,
        KeyConditionExpression: 'team = :team',
        ExpressionAttributeValues: { ':team': { S: `team-${index % TEAMS}` } },
        ScanIndexForward: false,
        Limit: 20,
      });
    const step = (figure: string, command: (index: number) => QueryCommand, parallel: number) => ({
      figure: `${figure}, 20 of ${storedItems} items, ${parallel} at a time`,
      way: 'wire' as const,
      unit: 'ms' as const,
      n: serialCalls,
      run: (n: number) => timed(n, parallel, (index) => clients.dynamodb.send(command(index))),
    });
    return {
      steps: [
        {
          figure: 'BatchWriteItem, items',
          way: 'wire',
          unit: 'ms',
          n: storedItems,
          rounds: 1,
          run: async (n) => {
            const { values, done } = await timed(1, 1, () => loadItems(clients.dynamodb, n));
            return { values, done: { count: n, elapsedMs: done?.elapsedMs ?? 0 } };
          },
        },
        step('Query', partition, 1),
        step('Query of an index', newest, 1),
        step('Query of an index', newest, 32),
      ],
      close: async () => {
        clients.destroy();
        await runtime.kill();
      },
    };
  },
};
