import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import { lambdaPlayer, openBench } from './testing/states-bench.ts';

const task = (more: JsonObject): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:lambda:eu-west-1:000000000000:function:f',
  Arguments: { state: '{% $states.context.State.Name %}', n: '{% $states.input %}' },
  Output: '{% $states.input + 1 %}',
  ...more,
});

const definition: JsonObject = {
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: {
    First: task({ Assign: { seen: '{% $states.input %}' }, Next: 'Both' }),
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: task({ End: true }) } },
        {
          StartAt: 'Right',
          States: {
            Right: {
              Type: 'Map',
              Items: [10, 20],
              ItemProcessor: { StartAt: 'Item', States: { Item: task({ End: true }) } },
              End: true,
            },
          },
        },
      ],
      Next: 'Last',
    },
    Last: { Type: 'Pass', Output: { seen: '{% $seen %}', results: '{% $states.input %}' }, End: true },
  },
};

/** Lets a process live for `turns` turns of the event loop at a time, until the execution has ended. */
async function dieEvery(
  turns: number,
  path: string,
): Promise<{ readonly output: unknown; readonly events: readonly string[]; readonly lives: number }> {
  let executionArn: string | null = null;
  for (let lives = 1; ; lives++) {
    const bench = openBench({ lambda: lambdaPlayer((payload) => payload) }, path);
    bench.machine(definition);
    executionArn ??= await bench.start(1, 'one');
    for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
    const { status, output } = await bench.describe(executionArn);
    const events = (await bench.history(executionArn)).map(({ type }) => type);
    bench.die();
    if (status !== 'RUNNING') return { output: JSON.parse(String(output)), events, lives };
    if (lives > 200) throw new Error(`it does not get anywhere with ${turns} turns a life: ${events.join(' ')}`);
  }
}

describe('a process that dies again and again', () => {
  it.each([3, 4, 5, 6, 7, 8, 10, 13, 17])(
    'after %i turns each time, gets the same outcome with the same history',
    async (turns) => {
      const folder = mkdtempSync(join(tmpdir(), 'crash-'));
      try {
        const { output, events } = await dieEvery(turns, join(folder, 'local.sqlite'));
        const undisturbed = await dieEvery(10_000, join(folder, 'other.sqlite'));
        expect(undisturbed.lives).toBe(1);
        expect(output).toEqual({ seen: 1, results: [3, [11, 21]] });
        expect([...events].sort()).toEqual([...undisturbed.events].sort());
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
