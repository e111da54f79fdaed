import { describe, expect, it } from 'vitest';
import { lambdaPlayer, MACHINE_ARN, openBench } from './testing/states-bench.ts';

const machine = {
  QueryLanguage: 'JSONata',
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:000000000000:function:f', End: true } },
};

describe('an Express machine', () => {
  it('answers StartSyncExecution with the outcome', async () => {
    const bench = openBench({ lambda: lambdaPlayer((payload) => payload) });
    bench.machine(machine, { type: 'EXPRESS' });
    const answer = await bench.call('StartSyncExecution', {
      stateMachineArn: MACHINE_ARN,
      name: 'one',
      input: '{"a":1}',
    });
    expect(answer).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a":1}',
      name: 'one',
      executionArn: expect.stringContaining(':express:machine:one:'),
    });
  });

  it('answers a failure too, rather than throwing it', async () => {
    const bench = openBench({
      lambda: lambdaPlayer(() => {
        throw new TypeError('no');
      }),
    });
    bench.machine(machine, { type: 'EXPRESS' });
    expect(await bench.call('StartSyncExecution', { stateMachineArn: MACHINE_ARN })).toMatchObject({
      status: 'FAILED',
      error: 'TypeError',
    });
  });

  it('starts again under the same name, and keeps nothing once it has ended', async () => {
    const bench = openBench({ lambda: lambdaPlayer((payload) => payload) });
    bench.machine(machine, { type: 'EXPRESS' });
    const [first, second] = [await bench.start({}, 'one'), await bench.start({}, 'one')];
    await bench.activity.whenIdle();
    expect(first).not.toBe(second);
    expect(bench.calls).toHaveLength(2);
    expect(bench.store.statement('SELECT COUNT(*) AS n FROM states_execution').get()).toEqual({ n: 0 });
  });

  it('ends after five minutes', async () => {
    const bench = openBench();
    bench.machine(
      { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } },
      { type: 'EXPRESS' },
    );
    const answer = bench.call('StartSyncExecution', { stateMachineArn: MACHINE_ARN });
    await bench.clock.advance(301_000);
    expect(await answer).toMatchObject({ status: 'TIMED_OUT' });
  });

  it.each([['states:startExecution.sync'], ['sqs:sendMessage.waitForTaskToken']])('may not use %s', (resource) => {
    const bench = openBench();
    const definition = {
      StartAt: 'Work',
      States: { Work: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, End: true } },
    };
    expect(() => bench.machine(definition, { type: 'EXPRESS' })).toThrow(/Express state machine does not support/);
  });

  it('has no StartSyncExecution when it is a Standard one, and no description of executions when it is Express', async () => {
    const bench = openBench();
    bench.machine(machine);
    await expect(bench.call('StartSyncExecution', { stateMachineArn: MACHINE_ARN })).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
    });
    await expect(
      bench.call('DescribeExecution', { executionArn: MACHINE_ARN.replace('stateMachine', 'express') }),
    ).rejects.toMatchObject({ name: 'InvalidArn' });
  });
});
