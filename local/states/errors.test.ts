import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../kernel/service.ts';
import type { Bench, Player } from './testing/states-bench.ts';
import { lambdaPlayer, openBench } from './testing/states-bench.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:f';

/** Fails with the named errors one after the other, then gives 'done'. */
function failing(...names: string[]): Player {
  return lambdaPlayer(() => {
    const name = names.shift();
    if (name === undefined) return 'done';
    const error = new Error('no');
    error.name = name;
    throw error;
  });
}

const work = (more: JsonObject): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: FUNCTION, End: true, ...more }, Caught: { Type: 'Pass', End: true } },
});

function machine(bench: Bench, more: JsonObject): void {
  const definition = work(more);
  const states = definition['States'] as Record<string, Json>;
  if (more['Catch'] === undefined) delete states['Caught'];
  bench.machine({ ...definition, States: states });
}

/** Offsets of the calls in whole seconds from the first, as the clock told them. */
async function callTimes(retry: JsonObject, count: number, random: () => number = () => 0.5): Promise<number[]> {
  const times: number[] = [];
  const fail = failing(...Array.from({ length: count }, () => 'Oops'));
  const bench = openBench(
    {
      lambda: (call) => {
        times.push(bench.clock.now());
        return fail(call);
      },
    },
    ':memory:',
    { random },
  );
  machine(bench, { Retry: [{ ErrorEquals: ['Oops'], ...retry }] });
  await bench.settled(await bench.start());
  await bench.clock.advance(3_600_000);
  return times.map((time) => Math.round((time - (times[0] ?? 0)) / 1000));
}

describe('Retry', () => {
  it.each([
    ['3 attempts, 1 s doubled, by default', {}, [0, 1, 3, 7]],
    ['IntervalSeconds and BackoffRate', { IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 2 }, [0, 10, 40]],
    ['MaxDelaySeconds', { IntervalSeconds: 10, BackoffRate: 10, MaxDelaySeconds: 20, MaxAttempts: 3 }, [0, 10, 30, 50]],
    [
      'full jitter, here half of each pause',
      { IntervalSeconds: 10, JitterStrategy: 'FULL', MaxAttempts: 2 },
      [0, 5, 15],
    ],
    ['no attempts', { MaxAttempts: 0 }, [0]],
  ])('pauses by %s', async (_reason, retry, expected) => {
    expect(await callTimes(retry, 9)).toEqual(expected);
  });

  it('counts the attempts of each retrier by itself', async () => {
    const bench = openBench({ lambda: failing('A', 'B', 'A', 'B') });
    machine(bench, {
      Retry: [
        { ErrorEquals: ['A'], MaxAttempts: 2 },
        { ErrorEquals: ['B'], MaxAttempts: 2 },
      ],
    });
    const arn = await bench.start();
    await bench.settled(arn);
    await bench.clock.advance(60_000);
    expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  });

  it('uses the first retrier that names the error, even when it is used up', async () => {
    const bench = openBench({ lambda: failing('A', 'A') });
    machine(bench, {
      Retry: [
        { ErrorEquals: ['A'], MaxAttempts: 1 },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 5 },
      ],
    });
    const arn = await bench.start();
    await bench.settled(arn);
    await bench.clock.advance(60_000);
    expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'A' });
  });

  it('shows its count in the context object', async () => {
    const seen: Json[] = [];
    const fail = failing('A');
    const bench = openBench({
      lambda: (call) => {
        seen.push(JSON.parse(String(call.input['Payload'])) as Json);
        return fail(call);
      },
    });
    machine(bench, { Arguments: '{% $states.context.State.RetryCount %}', Retry: [{ ErrorEquals: ['A'] }] });
    await bench.settled(await bench.start());
    await bench.clock.advance(5000);
    expect(seen).toEqual([0, 1]);
  });
});

describe('Catch', () => {
  it.each([
    ['the error by name', ['Oops']],
    ['any task failure', ['States.TaskFailed']],
    ['anything', ['States.ALL']],
  ])('takes %s, with the error as output', async (_reason, names) => {
    const bench = openBench({ lambda: failing('Oops') });
    machine(bench, { Catch: [{ ErrorEquals: names, Next: 'Caught' }] });
    const ended = await bench.settled(await bench.start());
    expect(JSON.parse(String(ended['output']))).toEqual({
      Error: 'Oops',
      Cause: '{"errorType":"Oops","errorMessage":"no"}',
    });
  });

  it('sees input and error in its Output and Assign', async () => {
    const bench = openBench({ lambda: failing('Oops') });
    machine(bench, {
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Next: 'Caught',
          Assign: { error: '{% $states.errorOutput.Error %}' },
          Output: { input: '{% $states.input %}', error: '{% $states.errorOutput.Error %}' },
        },
      ],
    });
    const arn = await bench.start(7);
    expect(JSON.parse(String((await bench.settled(arn))['output']))).toEqual({ input: 7, error: 'Oops' });
    const exited = (await bench.history(arn)).find(({ type }) => type === 'TaskStateExited');
    expect(exited).toMatchObject({ stateExitedEventDetails: { assignedVariables: { error: '"Oops"' } } });
  });

  it.each([
    ['States.TaskFailed', 'FAILED'],
    ['States.Timeout', 'SUCCEEDED'],
    ['States.ALL', 'SUCCEEDED'],
  ])('by %s of a time-out: %s', async (name, status) => {
    const bench = openBench({ sqs: () => ({ MessageId: 'm' }) });
    machine(bench, {
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { QueueUrl: 'http://localhost/q', MessageBody: '{% $states.context.Task.Token %}' },
      TimeoutSeconds: 5,
      Catch: [{ ErrorEquals: [name], Next: 'Caught' }],
    });
    const arn = await bench.start();
    await bench.settled(arn);
    await bench.clock.advance(6000);
    expect(await bench.describe(arn)).toMatchObject({ status });
  });

  it('of States.HeartbeatTimeout takes a missed heartbeat, and no other time-out', async () => {
    const bench = openBench({ sqs: () => ({ MessageId: 'm' }) });
    const asking = {
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { QueueUrl: 'http://localhost/q', MessageBody: '{% $states.context.Task.Token %}' },
      Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Caught' }],
    };
    const statusAfter = async (more: JsonObject): Promise<Json | undefined> => {
      machine(bench, { ...asking, ...more });
      const arn = await bench.start();
      await bench.settled(arn);
      await bench.clock.advance(6000);
      return (await bench.describe(arn))['status'];
    };
    expect(await statusAfter({ HeartbeatSeconds: 5 })).toBe('SUCCEEDED');
    expect(await statusAfter({ TimeoutSeconds: 5 })).toBe('FAILED');
  });

  it('takes an expression that fails, but never States.Runtime', async () => {
    const bench = openBench({ lambda: lambdaPlayer(() => 1) });
    machine(bench, {
      Output: '{% $states.result.missing %}',
      Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }],
    });
    const ended = await bench.settled(await bench.start());
    expect(JSON.parse(String(ended['output']))).toMatchObject({
      Error: 'States.QueryEvaluationError',
      Cause: expect.stringContaining("specified for the field 'Output' returned nothing (undefined)"),
    });
    machine(bench, { QueryLanguage: 'JSONata' });
    bench.machine({
      StartAt: 'Work',
      States: {
        Work: {
          Type: 'Task',
          Resource: FUNCTION,
          OutputPath: '$.missing',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Succeed' },
      },
    });
    expect(await bench.settled(await bench.start())).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

describe('a Choice', () => {
  it('without a rule that holds and without Default fails with States.Runtime', async () => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.x %}', Next: 'Done' }] },
        Done: { Type: 'Succeed' },
      },
    });
    expect(await bench.settled(await bench.start({ x: false }))).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringMatching(
        /^An error .* '\w+' .* Failed to transition out of the state\. The state does not point/,
      ),
    });
  });

  it('whose condition is no boolean fails with States.QueryEvaluationError', async () => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.x %}', Next: 'Done' }] },
        Done: { Type: 'Succeed' },
      },
    });
    expect(await bench.settled(await bench.start({ x: 1 }))).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining("Expected 'boolean', but was 'number'"),
    });
  });

  it('assigns and gives out what the rule that held says, else what the state says', async () => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Choose',
      States: {
        Choose: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.x %}', Next: 'Done', Assign: { by: 'rule' }, Output: 'rule' }],
          Default: 'Done',
          Assign: { by: 'default' },
          Output: 'default',
        },
        Done: { Type: 'Pass', Output: '{% $states.input & $by %}', End: true },
      },
    });
    expect(await bench.settled(await bench.start({ x: true }))).toMatchObject({ output: '"rulerule"' });
    expect(await bench.settled(await bench.start({ x: false }))).toMatchObject({ output: '"defaultdefault"' });
  });
});

describe('variables', () => {
  const padded = (bytes: number): JsonObject => ({ text: `{% $pad('', ${bytes}, 'x') %}` });
  const assign = (Assign: JsonObject): JsonObject => ({ Type: 'Pass', Output: 0, Assign });

  it('fail with States.DataLimitExceeded where one Assign gives more than 262,144 bytes', async () => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Many',
      States: { Many: { ...assign({ a: padded(200_000), b: padded(100_000) }), End: true } },
    });
    expect(await bench.settled(await bench.start())).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
  });

  it('fail where all of them together hold more than 10 MiB', async () => {
    const bench = openBench();
    const names = Array.from({ length: 43 }, (_, i) => `S${i}`);
    const states = names.map((name, i) => [
      name,
      { ...assign({ [`v${i}`]: padded(250_000) }), ...(i === 42 ? { End: true } : { Next: `S${i + 1}` }) },
    ]);
    bench.machine({ QueryLanguage: 'JSONata', StartAt: 'S0', States: Object.fromEntries(states) as JsonObject });
    expect(await bench.settled(await bench.start())).toMatchObject({
      status: 'FAILED',
      cause: expect.stringContaining("'S41'"),
    });
  });
});
