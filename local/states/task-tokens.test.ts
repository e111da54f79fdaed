import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../kernel/service.ts';
import type { Bench, Player } from './testing/states-bench.ts';
import { held, openBench } from './testing/states-bench.ts';

const one = (state: JsonObject, more: JsonObject = {}): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Work',
  States: { Work: { Type: 'Task', End: true, ...state }, ...more },
});

async function run(bench: Bench, definition: JsonObject, input: Json = {}): Promise<JsonObject> {
  bench.machine(definition);
  return bench.settled(await bench.start(input));
}

describe('a task token', () => {
  const asking = (more: JsonObject = {}): JsonObject =>
    one({
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}' } },
      ...more,
    });
  const tokenOf = ({ calls }: Bench): string =>
    (JSON.parse(String(calls.at(-1)?.input['MessageBody'])) as { token: string }).token;
  const queue: Player = () => ({ MessageId: 'm' });

  it('goes on with the output it is answered with', async () => {
    const bench = openBench({ sqs: queue });
    const started = await run(bench, asking());
    expect(started['status']).toBe('RUNNING');
    await bench.call('SendTaskSuccess', { taskToken: tokenOf(bench), output: '{"yes":true}' });
    expect(await bench.settled(String(started['executionArn']))).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"yes":true}',
    });
  });

  it('fails with the error and cause it is answered with', async () => {
    const bench = openBench({ sqs: queue });
    const started = await run(bench, asking());
    await bench.call('SendTaskFailure', { taskToken: tokenOf(bench), error: 'Refused', cause: 'by a person' });
    expect(await bench.settled(String(started['executionArn']))).toMatchObject({
      status: 'FAILED',
      error: 'Refused',
      cause: 'by a person',
    });
  });

  it('is used up by its first answer, also when two come at once', async () => {
    const bench = openBench({ sqs: queue });
    await run(bench, asking());
    const taskToken = tokenOf(bench);
    const answers = await Promise.allSettled(
      [1, 2, 3].map((n) => bench.call('SendTaskSuccess', { taskToken, output: String(n) })),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(bench.call('SendTaskSuccess', { taskToken, output: '4' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it.each([
    ['something else', 'InvalidToken', 'nonsense', '{}'],
    ['a token with an output that is no JSON', 'InvalidOutput', null, '{'],
  ])('is refused for %s', async (_reason, error, token, output) => {
    const bench = openBench({ sqs: queue });
    await run(bench, asking());
    await expect(bench.call('SendTaskSuccess', { taskToken: token ?? tokenOf(bench), output })).rejects.toMatchObject({
      name: error,
    });
  });

  it('that is answered before the call itself is takes effect once the call comes back', async () => {
    const answer = held<JsonObject>();
    const bench = openBench({ sqs: () => answer.promise });
    bench.machine(asking());
    const arn = await bench.start();
    while (bench.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await bench.call('SendTaskSuccess', { taskToken: tokenOf(bench), output: '1' });
    answer.resolve({ MessageId: 'm' });
    expect(await bench.settled(arn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
    expect((await bench.history(arn)).map(({ type }) => type)).toContain('TaskSubmitted');
  });

  it('lives on while heartbeats come, and dies with the first that is missed', async () => {
    const bench = openBench({ sqs: queue });
    const started = await run(bench, asking({ HeartbeatSeconds: 60, TimeoutSeconds: 600 }));
    const executionArn = String(started['executionArn']);
    for (let i = 0; i < 3; i++) {
      await bench.clock.advance(50_000);
      await bench.call('SendTaskHeartbeat', { taskToken: tokenOf(bench) });
    }
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'RUNNING' });
    await bench.clock.advance(61_000);
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    await expect(bench.call('SendTaskHeartbeat', { taskToken: tokenOf(bench) })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('dies after TimeoutSeconds whatever the heartbeats say', async () => {
    const bench = openBench({ sqs: queue });
    const started = await run(bench, asking({ HeartbeatSeconds: 60, TimeoutSeconds: 90 }));
    await bench.clock.advance(50_000);
    await bench.call('SendTaskHeartbeat', { taskToken: tokenOf(bench) });
    await bench.clock.advance(41_000);
    expect(await bench.describe(String(started['executionArn']))).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
    });
  });

  it('is a new one for each retry; the old one is dead', async () => {
    const bench = openBench({ sqs: queue });
    await run(bench, asking({ TimeoutSeconds: 60, Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 10 }] }));
    const first = tokenOf(bench);
    await bench.clock.advance(71_000);
    expect(tokenOf(bench)).not.toBe(first);
    await expect(bench.call('SendTaskSuccess', { taskToken: first, output: '1' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('needs the permission on its own state machine', async () => {
    const bench = openBench({ sqs: queue });
    await run(bench, asking());
    const permissions = bench.states.operations['SendTaskSuccess']?.permissions;
    expect(permissions?.({ taskToken: tokenOf(bench) })).toEqual([
      { action: 'states:SendTaskSuccess', resource: 'arn:aws:states:eu-west-1:000000000000:stateMachine:machine' },
    ]);
    expect(permissions?.({ taskToken: 'nonsense' })).toEqual([{ action: 'states:SendTaskSuccess', resource: '*' }]);
  });

  it('of a task that nobody limits waits for months', async () => {
    const bench = openBench({ sqs: queue });
    const started = await run(bench, asking());
    await bench.clock.advance(200 * 86_400_000);
    await bench.call('SendTaskSuccess', { taskToken: tokenOf(bench), output: '1' });
    expect(await bench.settled(String(started['executionArn']))).toMatchObject({ status: 'SUCCEEDED' });
  });
});
