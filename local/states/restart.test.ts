import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import type { Player } from './testing/states-bench.ts';
import { held, lambdaPlayer, openBench } from './testing/states-bench.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'states-'));
  path = join(folder, 'local.sqlite');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const invoke = (name: string, more: JsonObject): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});

describe('after a process has died', () => {
  it('calls a task again that was on its way, with the same arguments', async () => {
    const neverAnswers: Player = () => held<JsonObject>().promise;
    const bench = openBench({ lambda: neverAnswers }, path);
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Work',
      States: {
        Work: invoke('work', { Arguments: { FunctionName: 'work', Payload: { id: '{% $uuid() %}' } }, End: true }),
      },
    });
    const arn = await bench.start();
    await until(() => bench.calls.length === 1);
    const again = bench.reopen({ lambda: lambdaPlayer((payload) => payload) });
    const ended = await again.settled(arn);
    expect(again.calls.map(({ input }) => input)).toEqual(bench.calls.map(({ input }) => input));
    expect(ended['status']).toBe('SUCCEEDED');
    expect((await again.history(arn)).filter(({ type }) => type === 'TaskScheduled')).toHaveLength(1);
  });

  it('does not repeat a task whose result is on disk', async () => {
    const stuck = held<JsonObject>();
    const first: Player = ({ input, ...call }) =>
      input['FunctionName'] === 'one' ? lambdaPlayer(() => 1)({ input, ...call }) : stuck.promise;
    const bench = openBench({ lambda: first }, path);
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'One',
      States: { One: invoke('one', { Next: 'Two' }), Two: invoke('two', { End: true }) },
    });
    const arn = await bench.start();
    await until(() => bench.calls.length === 2);
    const again = bench.reopen({ lambda: lambdaPlayer((payload) => payload) });
    expect(await again.settled(arn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
    expect(again.calls.map(({ input }) => input['FunctionName'])).toEqual(['two']);
  });

  it('waits on with the same task token, and takes its answer', async () => {
    const tokens: string[] = [];
    const queue: Player = ({ input }) => {
      tokens.push((JSON.parse(String(input['MessageBody'])) as { token: string }).token);
      return { MessageId: 'm' };
    };
    const bench = openBench({ sqs: queue }, path);
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Arguments: { QueueUrl: 'http://queue', MessageBody: { token: '{% $states.context.Task.Token %}' } },
          End: true,
        },
      },
    });
    const arn = await bench.start();
    await bench.settled(arn);
    const again = bench.reopen({ sqs: queue });
    await again.activity.whenIdle();
    expect(tokens).toHaveLength(1);
    await again.call('SendTaskSuccess', { taskToken: tokens[0] ?? '', output: '"yes"' });
    expect(await again.settled(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"yes"' });
  });

  it('lets a wait end that came due while nothing ran', async () => {
    const bench = openBench({}, path);
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } },
    });
    const arn = await bench.start();
    await bench.settled(arn);
    const again = bench.reopen();
    expect(await again.settled(arn)).toMatchObject({ status: 'RUNNING' });
    await again.clock.advance(3_600_000);
    expect(await again.describe(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('makes the retry that was pending', async () => {
    let attempts = 0;
    const lambda = lambdaPlayer(() => {
      attempts += 1;
      if (attempts === 1) throw new TypeError('not yet');
      return attempts;
    });
    const bench = openBench({ lambda }, path);
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Work',
      States: { Work: invoke('work', { Retry: [{ ErrorEquals: ['TypeError'], IntervalSeconds: 60 }], End: true }) },
    });
    const arn = await bench.start();
    await bench.settled(arn);
    const again = bench.reopen();
    await again.clock.advance(59_000);
    expect(attempts).toBe(1);
    await again.clock.advance(2_000);
    expect(await again.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '2' });
  });

  it('goes on with a Map in the middle, without repeating iterations that ended', async () => {
    const stuck = held<JsonObject>();
    const first: Player = (call) =>
      String(call.input['Payload']) === '3' ? stuck.promise : lambdaPlayer((x) => Number(x) * 10)(call);
    const bench = openBench({ lambda: first }, path);
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'All',
      States: {
        All: {
          Type: 'Map',
          MaxConcurrency: 1,
          ItemProcessor: { StartAt: 'Work', States: { Work: invoke('work', { End: true }) } },
          End: true,
        },
      },
    });
    const arn = await bench.start([1, 2, 3, 4]);
    await until(() => bench.calls.length === 3);
    const again = bench.reopen({ lambda: lambdaPlayer((x) => Number(x) * 10) });
    expect(await again.settled(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[10,20,30,40]' });
    expect(again.calls.map(({ input }) => input['Payload'])).toEqual(['3', '4']);
  });

  it('takes up a parent whose child ended, and does not start the child twice', async () => {
    const bench = openBench({ lambda: () => held<JsonObject>().promise }, path);
    bench.machine(
      { QueryLanguage: 'JSONata', StartAt: 'Work', States: { Work: invoke('work', { End: true }) } },
      { name: 'child' },
    );
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Run',
      States: {
        Run: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:child', Input: { n: 1 } },
          Output: '{% $states.result.Output %}',
          End: true,
        },
      },
    });
    const arn = await bench.start();
    await until(() => bench.calls.some(({ service }) => service === 'lambda'));
    const again = bench.reopen({ lambda: lambdaPlayer((payload) => payload) });
    expect(await again.settled(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"n":1}' });
    const children = await again.call('ListExecutions', {
      stateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:child',
    });
    expect(children['executions']).toHaveLength(1);
  });

  it('tells an end again that nobody is known to have heard', async () => {
    const deaf = openBench({}, path, { onStatusChange: () => held<void>().promise });
    deaf.machine({ QueryLanguage: 'JSONata', StartAt: 'Stop', States: { Stop: { Type: 'Fail', Error: 'Broken' } } });
    const arn = await deaf.start();
    await until(
      () => deaf.store.statement("SELECT 1 FROM states_execution WHERE status = 'FAILED'").get() !== undefined,
    );
    deaf.die();
    const again = openBench({}, path);
    await again.activity.whenIdle();
    expect(again.statusChanges).toMatchObject([{ executionArn: arn, status: 'FAILED', error: 'Broken' }]);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
