import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import { held, lambdaPlayer, MACHINE_ARN, openBench, ROLE_ARN } from './testing/states-bench.ts';

const pass = (more: JsonObject = {}): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Pass',
  States: { Pass: { Type: 'Pass', End: true, ...more } },
});

const waiting: JsonObject = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 86_400, End: true } },
};

describe('StartExecution', () => {
  it('answers the same for the same name and input while the execution runs', async () => {
    const bench = openBench();
    bench.machine(waiting);
    const first = await bench.call('StartExecution', { stateMachineArn: MACHINE_ARN, name: 'one', input: '{"a":1}' });
    const second = await bench.call('StartExecution', { stateMachineArn: MACHINE_ARN, name: 'one', input: '{"a":1}' });
    expect(second).toEqual(first);
  });

  it('starts one execution for many calls at once with the same name', async () => {
    const bench = openBench();
    bench.machine(waiting);
    const arns = await Promise.all(Array.from({ length: 20 }, () => bench.start({}, 'one')));
    expect(new Set(arns).size).toBe(1);
    expect((await bench.history(arns[0] ?? '')).filter(({ type }) => type === 'ExecutionStarted')).toHaveLength(1);
  });

  it.each([
    ['other input while it runs', waiting, { b: 2 }],
    ['the same input once it has ended', pass(), {}],
  ])('refuses a name that is taken: %s', async (_reason, definition, input) => {
    const bench = openBench();
    bench.machine(definition);
    await bench.settled(await bench.start({}, 'one'));
    await expect(bench.start(input, 'one')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it('frees a name 90 days after the end', async () => {
    const bench = openBench();
    bench.machine(pass());
    await bench.settled(await bench.start({}, 'one'));
    await bench.clock.advance(90 * 86_400_000 + 1000);
    await expect(bench.start({}, 'one')).resolves.toContain(':one');
  });

  it.each(['with space', 'a/b', 'a:b', 'a*', 'a"b', 'a\u0001b', '', 'x'.repeat(81)])(
    'refuses the name %j',
    async (name) => {
      const bench = openBench();
      bench.machine(pass());
      await expect(bench.start({}, name)).rejects.toMatchObject({
        name: expect.stringMatching(/^(InvalidName|ValidationException)$/),
      });
    },
  );

  it.each([
    ['text that is no JSON', '{', 'InvalidExecutionInput'],
    ['more than 262,144 bytes', JSON.stringify('x'.repeat(262_144)), 'ValidationException'],
  ])('refuses an input of %s', async (_reason, input, error) => {
    const bench = openBench();
    bench.machine(pass());
    await expect(bench.call('StartExecution', { stateMachineArn: MACHINE_ARN, input })).rejects.toMatchObject({
      name: error,
    });
  });

  it('keeps the definition and role that the execution began with', async () => {
    const bench = openBench();
    bench.machine({
      ...waiting,
      States: { Wait: { Type: 'Wait', Seconds: 60, Next: 'Old' }, Old: { Type: 'Pass', Output: 'old', End: true } },
    });
    const arn = await bench.start();
    bench.machine(pass({ Output: 'new' }));
    await bench.clock.advance(61_000);
    expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"old"' });
    expect(await bench.settled(await bench.start())).toMatchObject({ output: '"new"' });
  });

  it('runs a version or the version of an alias', async () => {
    const bench = openBench();
    bench.machine(pass({ Output: 'first' }));
    const version = bench.states.ensureVersion({ machineArn: MACHINE_ARN, number: 1, description: null });
    const alias = bench.states.ensureAlias({
      name: 'live',
      routes: [{ stateMachineVersionArn: version, weight: 100 }],
    });
    bench.machine(pass({ Output: 'second' }));
    const started = await bench.call('StartExecution', { stateMachineArn: alias });
    expect(await bench.settled(String(started['executionArn']))).toMatchObject({
      output: '"first"',
      stateMachineVersionArn: `${MACHINE_ARN}:1`,
      stateMachineAliasArn: `${MACHINE_ARN}:live`,
    });
  });
});

describe('permissions', () => {
  it.each([
    ['a machine', MACHINE_ARN, {}],
    ['a version', `${MACHINE_ARN}:3`, { context: { 'states:StateMachineQualifier': ['3'] } }],
    ['an alias', `${MACHINE_ARN}:live`, { context: { 'states:StateMachineQualifier': ['live'] } }],
  ])('to start %s are asked for the machine', (_, stateMachineArn, context) => {
    const permissions = openBench().states.operations['StartExecution']?.permissions({ stateMachineArn });
    expect(permissions).toEqual([{ action: 'states:StartExecution', resource: MACHINE_ARN, ...context }]);
  });
});

describe('trace ids', () => {
  it('go from the caller to the execution, its tasks and its child executions', async () => {
    const bench = openBench({ lambda: lambdaPlayer((payload) => payload) });
    bench.machine(
      {
        QueryLanguage: 'JSONata',
        StartAt: 'Work',
        States: { Work: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:000000000000:function:f', End: true } },
      },
      { name: 'child' },
    );
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'Run',
      States: {
        Run: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Arguments: { StateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:child', Input: {} },
          End: true,
        },
      },
    });
    await bench.call(
      'StartExecution',
      { stateMachineArn: MACHINE_ARN, name: 'case-1' },
      { kind: 'operator', traceId: 'trace-1' },
    );
    await bench.activity.whenIdle();
    expect(bench.calls.map(({ service, caller }) => [service, caller])).toEqual([
      ['states', { kind: 'role', roleArn: ROLE_ARN, sessionName: 'case-1', traceId: 'trace-1' }],
      ['lambda', { kind: 'role', roleArn: ROLE_ARN, sessionName: expect.any(String), traceId: 'trace-1' }],
    ]);
  });

  it('are the name of the execution where the caller has none', async () => {
    const bench = openBench({ lambda: lambdaPlayer(() => null) });
    bench.machine({
      StartAt: 'Work',
      States: { Work: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:000000000000:function:f', End: true } },
    });
    await bench.settled(await bench.start({}, 'case-2'));
    expect(bench.calls[0]?.caller.traceId).toBe('case-2');
  });
});

describe('the end of an execution', () => {
  it('by StopExecution leaves nothing behind that could still wake it', async () => {
    const bench = openBench();
    bench.machine(waiting);
    const executionArn = await bench.start();
    await bench.activity.whenIdle();
    await bench.call('StopExecution', { executionArn, error: 'Enough', cause: 'asked to' });
    await bench.clock.advance(2 * 86_400_000);
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'asked to' });
    expect((await bench.history(executionArn)).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'ExecutionAborted',
    ]);
  });

  it('comes by itself after the TimeoutSeconds of the machine', async () => {
    const bench = openBench();
    bench.machine({ ...waiting, TimeoutSeconds: 30 });
    const arn = await bench.start();
    await bench.clock.advance(31_000);
    expect(await bench.describe(arn)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('is told with the detail of the EventBridge event', async () => {
    const bench = openBench();
    bench.machine(pass());
    const arn = await bench.start({ a: 1 });
    await bench.settled(arn);
    expect(bench.statusChanges).toMatchObject([
      { executionArn: arn, status: 'RUNNING', input: '{"a":1}', output: null },
      { executionArn: arn, stateMachineArn: MACHINE_ARN, status: 'SUCCEEDED', output: '{"a":1}' },
    ]);
  });

  it('is failure where the history would pass 25,000 events', async () => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Choice', Choices: [{ Condition: false, Next: 'Done' }], Default: 'B' },
        B: { Type: 'Pass', Next: 'A' },
        Done: { Type: 'Succeed' },
      },
    });
    const executionArn = await bench.start();
    expect(await bench.settled(executionArn)).toMatchObject({
      status: 'FAILED',
      cause: expect.stringContaining('25000'),
    });
    const { events } = await bench.call('GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 2 });
    expect(events).toMatchObject([{ id: 25_000, type: 'ExecutionFailed' }, { id: 24_999 }]);
  });
});

describe('GetExecutionHistory', () => {
  it.each([false, true])('pages through all events, reversed: %s', async (reverseOrder) => {
    const bench = openBench();
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', End: true } },
    });
    const executionArn = await bench.start();
    await bench.settled(executionArn);
    const ids: number[] = [];
    let nextToken: string | undefined;
    do {
      const page = await bench.call('GetExecutionHistory', {
        executionArn,
        reverseOrder,
        maxResults: 4,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      ids.push(...(page['events'] as unknown as { id: number }[]).map(({ id }) => id));
      nextToken = page['nextToken'] as string | undefined;
    } while (nextToken !== undefined);
    expect(ids).toEqual(reverseOrder ? [6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6]);
  });

  it('leaves data out where it is not asked for', async () => {
    const bench = openBench();
    bench.machine(pass());
    const executionArn = await bench.start({ secret: 1 });
    await bench.settled(executionArn);
    const history = await bench.call('GetExecutionHistory', { executionArn, includeExecutionData: false });
    expect(JSON.stringify(history)).not.toContain('secret');
  });
});

describe('turns', () => {
  it('put what a task was scheduled with on disk before the call goes out', async () => {
    const onDisk: string[] = [];
    const answer = held<JsonObject>();
    const bench = openBench({
      lambda: () => {
        const rows = bench.store.statement("SELECT phase FROM states_strand WHERE phase = 'calling'").all();
        onDisk.push(...rows.map((row) => String(row['phase'])));
        return answer.promise;
      },
    });
    bench.machine({
      StartAt: 'Work',
      States: { Work: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:000000000000:function:f', End: true } },
    });
    await bench.start();
    while (bench.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(onDisk).toEqual(['calling']);
    answer.resolve({ StatusCode: 200, Payload: '1' });
  });

  it('tell of each state that was entered', async () => {
    const entered: string[] = [];
    const bench = openBench({}, ':memory:', {
      onTransition: ({ executionName, traceId, stateName }) => entered.push(`${executionName} ${traceId} ${stateName}`),
    });
    bench.machine({
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } },
    });
    await bench.settled(await bench.start({}, 'one'));
    expect(entered).toEqual(['one one A', 'one one B']);
  });
});
