import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { connect } from '../clients.ts';
import { createTable, itemOf, keyOf, TABLE } from '../items.ts';
import { type Benchmark, type Step, timed } from '../measurement.ts';
import { startRuntime } from '../runtime-process.ts';

/** Writes and reads of single items, each write acknowledged when it is on disk. */
export const items: Benchmark = {
  name: 'items',
  open: async (place, { serialCalls, parallelCalls }) => {
    const runtime = await startRuntime(place);
    const clients = connect(runtime.url);
    await createTable(clients.dynamodb);
    let written = 0;
    const put = () => clients.dynamodb.send(new PutItemCommand({ TableName: TABLE, Item: itemOf(written++) }));
    const get = (index: number) =>
      clients.dynamodb.send(new GetItemCommand({ TableName: TABLE, Key: keyOf((index * 7919) % written) }));
    const step = (figure: string, n: number, parallel: number, work: (index: number) => Promise<unknown>): Step => ({
      figure,
      way: 'wire',
      unit: 'ms',
      n,
      run: (times) => timed(times, parallel, work),
    });
    return {
      steps: [
        step('PutItem, 1 at a time', serialCalls, 1, put),
        step('PutItem, 32 at a time', parallelCalls, 32, put),
        step('GetItem, 1 at a time', serialCalls, 1, get),
        step('GetItem, 32 at a time', parallelCalls, 32, get),
      ],
      close: async () => {
        clients.destroy();
        await runtime.kill();
      },
    };
  },
};
