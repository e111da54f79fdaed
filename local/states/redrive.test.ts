import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import { lambdaPlayer, openBench } from './testing/states-bench.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:f';

const processor = (): JsonObject => ({
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: FUNCTION, End: true } },
});
const map = (more: JsonObject): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'All',
  States: { All: { Type: 'Map', End: true, ...more } },
});

describe('RedriveExecution', () => {
  it('goes on from the state that failed, with a history that goes on', async () => {
    let isBroken = true;
    const bench = openBench({
      lambda: lambdaPlayer((x) => {
        if (isBroken) throw new TypeError('no');
        return x;
      }),
    });
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Before',
      States: {
        Before: { Type: 'Pass', Output: 5, Next: 'Work' },
        Work: { Type: 'Task', Resource: FUNCTION, End: true },
      },
    });
    const executionArn = await bench.start();
    expect(await bench.settled(executionArn)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
    isBroken = false;
    await bench.call('RedriveExecution', { executionArn });
    expect(await bench.settled(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '5', redriveCount: 1 });
    expect((await bench.history(executionArn)).map(({ type }) => type).slice(-7)).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('repeats only the iterations of a Map that failed or were ended', async () => {
    let isBroken = true;
    const seen: string[] = [];
    const bench = openBench({
      lambda: (call) => {
        seen.push(String(call.input['Payload']));
        return lambdaPlayer((x) => {
          if (isBroken && x === 2) throw new TypeError('no');
          return x;
        })(call);
      },
    });
    bench.machine(map({ MaxConcurrency: 1, ItemProcessor: processor() }));
    const executionArn = await bench.start([1, 2, 3]);
    await bench.settled(executionArn);
    isBroken = false;
    await bench.call('RedriveExecution', { executionArn });
    expect(await bench.settled(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,3]' });
    expect(seen).toEqual(['1', '2', '2', '3']);
  });

  it('is refused for an execution that succeeded', async () => {
    const bench = openBench();
    bench.machine({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
    const executionArn = await bench.start();
    await bench.settled(executionArn);
    await expect(bench.call('RedriveExecution', { executionArn })).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    });
  });
});
