import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import type { Player } from './testing/states-bench.ts';
import { held, lambdaPlayer, openBench } from './testing/states-bench.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:f';

const processor = (more: JsonObject = {}): JsonObject => ({
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: FUNCTION, End: true, ...more } },
});
const map = (more: JsonObject): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'All',
  States: { All: { Type: 'Map', End: true, ...more } },
});

/** Holds each call until it is let go, and counts how many there are at once. */
function gate(): { readonly player: Player; readonly release: () => void; readonly most: () => number } {
  const waiting: (() => void)[] = [];
  let most = 0;
  const echo = lambdaPlayer((payload) => payload);
  const player: Player = async (call) => {
    const { promise, resolve } = held<void>();
    waiting.push(() => resolve());
    most = Math.max(most, waiting.length);
    await promise;
    return echo(call);
  };
  return {
    player,
    release: () => {
      for (const open of waiting.splice(0)) open();
    },
    most: () => most,
  };
}

const turns = async (count = 30): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('an inline Map', () => {
  it('gives the results in the order of its items, whatever the order of their ends', async () => {
    const calls: (() => void)[] = [];
    const bench = openBench({
      lambda: async (call) => {
        const { promise, resolve } = held<void>();
        calls.push(() => resolve());
        await promise;
        return lambdaPlayer((x) => x)(call);
      },
    });
    bench.machine(map({ ItemProcessor: processor() }));
    const arn = await bench.start(['a', 'b', 'c']);
    await turns();
    for (const end of calls.reverse()) {
      end();
      await turns(5);
    }
    expect(await bench.settled(arn)).toMatchObject({ output: '["a","b","c"]' });
  });

  it.each([
    [2, 2],
    [0, 40],
  ])('runs with MaxConcurrency %i at most %i iterations at a time', async (maxConcurrency, expected) => {
    const { player, release, most } = gate();
    const bench = openBench({ lambda: player });
    bench.machine(map({ MaxConcurrency: maxConcurrency, ItemProcessor: processor() }));
    const arn = await bench.start(Array.from({ length: 50 }, (_, i) => i));
    while ((await bench.describe(arn))['status'] === 'RUNNING') {
      await turns(10);
      release();
    }
    expect(most()).toBe(expected);
  });

  it('ends the iterations that still run when one fails, and retries as a whole', async () => {
    const seen = new Set<string>();
    const bench = openBench({
      lambda: (call) => {
        const payload = String(call.input['Payload']);
        const isFirst = !seen.has(payload);
        seen.add(payload);
        if (!isFirst) return lambdaPlayer((x) => x)(call);
        if (payload !== '1') return held<JsonObject>().promise;
        return lambdaPlayer(() => {
          throw new TypeError('no');
        })(call);
      },
    });
    bench.machine(map({ ItemProcessor: processor(), Retry: [{ ErrorEquals: ['TypeError'], IntervalSeconds: 1 }] }));
    const arn = await bench.start([0, 1, 2]);
    await turns();
    expect((await bench.history(arn)).filter(({ type }) => type === 'MapIterationAborted')).toHaveLength(2);
    while ((await bench.describe(arn))['status'] === 'RUNNING') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[0,1,2]' });
  });

  it('lets iterations read outer variables, and keeps theirs to themselves', async () => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { factor: 10 }, Next: 'All' },
        All: {
          Type: 'Map',
          ItemSelector: { item: '{% $states.context.Map.Item.Value %}', index: '{% $states.context.Map.Item.Index %}' },
          ItemProcessor: {
            StartAt: 'Own',
            States: {
              Own: { Type: 'Pass', Assign: { own: '{% $states.input.item * $factor %}' }, Next: 'Show' },
              Show: {
                Type: 'Pass',
                Output: '{% [$own, $states.input.index, $states.context.Map.Item.Value] %}',
                End: true,
              },
            },
          },
          Next: 'After',
        },
        After: { Type: 'Pass', Output: '{% { "results": $states.input, "own": $exists($own) } %}', End: true },
      },
    });
    const ended = await bench.settled(await bench.start([1, 2]));
    expect(JSON.parse(String(ended['output']))).toEqual({
      results: [
        [10, 0, 1],
        [20, 1, 2],
      ],
      own: false,
    });
  });

  it('over no items gives an empty list', async () => {
    const bench = openBench();
    bench.machine(map({ ItemProcessor: processor() }));
    expect(await bench.settled(await bench.start([]))).toMatchObject({ output: '[]' });
  });
});

describe('a Parallel state', () => {
  const branch = (state: JsonObject, name: string): JsonObject => ({
    StartAt: name,
    States: { [name]: { End: true, ...state } },
  });

  it('gives one result for each branch', async () => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [branch({ Type: 'Wait', Seconds: 5, Output: 1 }, 'A'), branch({ Type: 'Pass', Output: 2 }, 'B')],
          End: true,
        },
      },
    });
    const arn = await bench.start();
    await bench.clock.advance(6000);
    expect(await bench.describe(arn)).toMatchObject({ output: '[1,2]' });
  });

  it('ends its other branches when one fails, and can be caught', async () => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [
            branch({ Type: 'Wait', Seconds: 500 }, 'A'),
            { StartAt: 'B', States: { B: { Type: 'Fail', Error: 'Oops' } } },
          ],
          Catch: [{ ErrorEquals: ['Oops'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    });
    const arn = await bench.start();
    expect(await bench.settled(arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await bench.history(arn)).filter(({ type }) => type === 'WaitStateAborted')).toHaveLength(1);
  });

  it('fails once when all of its branches fail in the same moment', async () => {
    const bench = openBench();
    const failing = (name: string): JsonObject => ({
      StartAt: name,
      States: { [name]: { Type: 'Fail', Error: name } },
    });
    const inner = {
      Type: 'Parallel',
      Branches: [failing('A'), failing('B')],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
      End: true,
    };
    bench.machine({ StartAt: 'Outer', States: { Outer: inner, Caught: { Type: 'Pass', End: true } } });
    const arn = await bench.start();
    expect(await bench.settled(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: expect.stringContaining('"Error":"A"'),
    });
    expect((await bench.history(arn)).filter(({ type }) => type === 'ParallelStateFailed')).toHaveLength(1);
  });
});
