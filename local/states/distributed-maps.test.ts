import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import type { Player } from './testing/states-bench.ts';
import { lambdaPlayer, openBench } from './testing/states-bench.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:f';

const processor = (): JsonObject => ({
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: FUNCTION, End: true } },
});
const distributed = (states: JsonObject = processor()): JsonObject => ({
  ...states,
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
});
const map = (more: JsonObject): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'All',
  States: { All: { Type: 'Map', End: true, ...more } },
});

describe('a distributed Map', () => {
  it('runs each item as an execution of its own, with an own history', async () => {
    const bench = openBench({ lambda: lambdaPlayer((x) => Number(x) + 1) });
    bench.machine(map({ ItemProcessor: distributed(), Label: 'Items' }));
    const executionArn = await bench.start([1, 2, 3]);
    expect(await bench.settled(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '[2,3,4]' });
    const { mapRuns } = await bench.call('ListMapRuns', { executionArn });
    const { mapRunArn } = (mapRuns as unknown as [{ mapRunArn: string }])[0];
    expect(mapRunArn).toContain(':mapRun:machine/Items:');
    expect(await bench.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: 3, succeeded: 3 },
    });
    const { executions } = await bench.call('ListExecutions', { mapRunArn });
    const [child] = executions as unknown as [{ executionArn: string }];
    expect((await bench.history(child.executionArn)).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  const failingAbove = (limit: number): Player =>
    lambdaPlayer((x) => {
      if (Number(x) > limit) throw new RangeError('too large');
      return x;
    });

  it.each([
    ['as many failures as the count lets pass', { ToleratedFailureCount: 1 }],
    ['as many failures as the share lets pass', { ToleratedFailurePercentage: 25 }],
  ])('goes on without the failed items with %s', async (_reason, tolerance) => {
    const bench = openBench({ lambda: failingAbove(3) });
    bench.machine(map({ ItemProcessor: distributed(), ...tolerance }));
    const ended = await bench.settled(await bench.start([1, 2, 3, 4]));
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,3]' });
  });

  it.each([
    ['one failure without tolerance', {}],
    ['more failures than the share lets pass', { ToleratedFailurePercentage: 24 }],
    ['more than one of both lets pass', { ToleratedFailurePercentage: 50, ToleratedFailureCount: 0 }],
  ])('fails with %s', async (_reason, tolerance) => {
    const bench = openBench({ lambda: failingAbove(3) });
    bench.machine(map({ ItemProcessor: distributed(), ...tolerance }));
    const ended = await bench.settled(await bench.start([1, 2, 3, 4]));
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  it('puts items together in batches', async () => {
    const bench = openBench({ lambda: lambdaPlayer((x) => x) });
    bench.machine(
      map({ ItemProcessor: distributed(), ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { factor: '{% 3 %}' } } }),
    );
    const ended = await bench.settled(await bench.start([1, 2, 3]));
    expect(JSON.parse(String(ended['output']))).toEqual([
      { BatchInput: { factor: 3 }, Items: [1, 2] },
      { BatchInput: { factor: 3 }, Items: [3] },
    ]);
  });

  it('ends its children with the execution', async () => {
    const bench = openBench();
    bench.machine(
      map({
        ItemProcessor: distributed({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 600, End: true } } }),
      }),
    );
    const executionArn = await bench.start([1, 2]);
    await bench.settled(executionArn);
    await bench.call('StopExecution', { executionArn });
    await bench.activity.whenIdle();
    const rows = bench.store.statement('SELECT status FROM states_execution WHERE map_run_arn IS NOT NULL').all();
    expect(rows.map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED']);
  });

  it('refuses to read its items from S3, which is not there', () => {
    const bench = openBench();
    expect(() =>
      bench.machine(
        map({ ItemProcessor: distributed(), ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Arguments: {} } }),
      ),
    ).toThrow(/S3/);
  });
});

describe('batches', () => {
  const whole = { StartAt: 'Echo', States: { Echo: { Type: 'Pass', End: true } } };

  it.each<[string, JsonObject, readonly number[]]>([
    // {"Items":["aaaa","bbbb"]} has 25 bytes.
    ['as many items as fit into the bytes of an input', { MaxInputBytesPerBatch: 25 }, [2, 1]],
    ['one item less where a byte is missing', { MaxInputBytesPerBatch: 24 }, [1, 1, 1]],
    ['less where all have something in common', { MaxInputBytesPerBatch: 25, BatchInput: { n: 1 } }, [1, 1, 1]],
    ['no more items than either limit allows', { MaxInputBytesPerBatch: 1000, MaxItemsPerBatch: 2 }, [2, 1]],
  ])('hold %s', async (_, ItemBatcher, sizes) => {
    const bench = openBench();
    bench.machine(map({ ItemProcessor: distributed(whole), ItemBatcher }));
    const { output } = await bench.settled(await bench.start(['aaaa', 'bbbb', 'cccc']));
    const batches = JSON.parse(String(output)) as readonly { readonly Items: readonly string[] }[];
    expect(batches.map(({ Items }) => Items.length)).toEqual(sizes);
  });
});
