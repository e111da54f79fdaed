import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonObject } from '../../../local/kernel/service.ts';
import { itemOf, keyOf, TABLE, TABLE_INPUT } from '../items.ts';
import { type Benchmark, type Step, timed } from '../measurement.ts';

/** The same writes and reads of items without HTTP and without a client: what the services themselves take. */
export const inProcess: Benchmark = {
  name: 'in-process',
  open: async ({ root, home }, { serialCalls, parallelCalls }) => {
    const { Store, Activity, MovableClock, createDynamoDb } = await load(root);
    const store = new Store(join(home, 'data.sqlite'));
    const clock = new MovableClock(store, new Activity());
    const place = { partition: 'aws', region: 'us-east-1', accountId: '000000000000' } as const;
    const dynamodb = createDynamoDb({ store, clock, place });
    dynamodb.ensureTable(TABLE_INPUT);
    const call = async (operation: string, input: JsonObject) =>
      dynamodb.operations[operation]?.run(input, { kind: 'operator', traceId: null });
    let written = 0;
    const put = () => call('PutItem', { TableName: TABLE, Item: itemOf(written++) });
    const get = (index: number) => call('GetItem', { TableName: TABLE, Key: keyOf((index * 7919) % written) });
    const step = (figure: string, n: number, parallel: number, work: (index: number) => Promise<unknown>): Step => ({
      figure,
      way: 'in process',
      unit: 'ms',
      n,
      run: (times) => timed(times, parallel, work),
    });
    return {
      steps: [
        step('PutItem, 1 at a time', serialCalls, 1, put),
        step('PutItem, 32 at a time', parallelCalls, 32, put),
        step('GetItem, 1 at a time', parallelCalls, 1, get),
      ],
      close: async () => {
        dynamodb.stop();
        clock.stop();
        store.close();
      },
    };
  },
};

/** From the sources under `root`, which may be those of another checkout. */
async function load(root: string) {
  const from = (path: string): string => pathToFileURL(join(root, path)).href;
  const { Store } = (await import(from('local/kernel/store.ts'))) as typeof import('../../../local/kernel/store.ts');
  const { Activity } = (await import(
    from('local/kernel/activity.ts')
  )) as typeof import('../../../local/kernel/activity.ts');
  const { MovableClock } = (await import(
    from('local/kernel/clock.ts')
  )) as typeof import('../../../local/kernel/clock.ts');
  const { createDynamoDb } = (await import(
    from('local/dynamodb/index.ts')
  )) as typeof import('../../../local/dynamodb/index.ts');
  return { Store, Activity, MovableClock, createDynamoDb };
}
