import { describe, expect, it } from 'vitest';
import { AwsError } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import type { Bench } from './testing/states-bench.ts';
import { lambdaPlayer, openBench } from './testing/states-bench.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:f';

const one = (state: JsonObject, more: JsonObject = {}): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Work',
  States: { Work: { Type: 'Task', End: true, ...state }, ...more },
});

async function run(bench: Bench, definition: JsonObject, input: Json = {}): Promise<JsonObject> {
  bench.machine(definition);
  return bench.settled(await bench.start(input));
}

describe('a function', () => {
  it('gets the arguments of lambda:invoke as JSON text, and gives its payload as JSON', async () => {
    const bench = openBench({ lambda: lambdaPlayer((payload) => ({ got: payload })) });
    const definition = one({
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'f', Payload: { n: '{% $states.input.n %}' } },
      Output: '{% $states.result.Payload %}',
    });
    expect(await run(bench, definition, { n: 3 })).toMatchObject({ status: 'SUCCEEDED', output: '{"got":{"n":3}}' });
    expect(bench.calls[0]?.input).toEqual({ FunctionName: 'f', Payload: '{"n":3}' });
  });

  it('that throws fails the task with its error type, and the whole payload as cause', async () => {
    const bench = openBench({
      lambda: lambdaPlayer(() => {
        throw new RangeError('too far');
      }),
    });
    const ended = await run(bench, one({ Resource: FUNCTION }));
    expect(ended).toMatchObject({
      status: 'FAILED',
      error: 'RangeError',
      cause: '{"errorType":"RangeError","errorMessage":"too far"}',
    });
  });

  it('without an error type in its payload is Lambda.Unknown', async () => {
    const bench = openBench({
      lambda: () => ({
        StatusCode: 200,
        FunctionError: 'Unhandled',
        Payload: '{"errorMessage":"RequestId: x Process exited"}',
      }),
    });
    expect(await run(bench, one({ Resource: FUNCTION }))).toMatchObject({ status: 'FAILED', error: 'Lambda.Unknown' });
  });

  it.each([
    ['TooManyRequestsException', 429, 'Lambda.TooManyRequestsException'],
    ['ServiceException', 500, 'Lambda.ServiceException'],
    ['ResourceNotFoundException', 404, 'Lambda.ResourceNotFoundException'],
    ['AccessDeniedException', 403, 'Lambda.AWSLambdaException'],
  ])('refused with %s fails as %s', async (code, status, error) => {
    const bench = openBench({
      lambda: () => {
        throw new AwsError(code, 'no', { status });
      },
    });
    expect(await run(bench, one({ Resource: FUNCTION }))).toMatchObject({
      error,
      cause: expect.stringContaining(`Status Code: ${status}; Error Code: ${code}`),
    });
  });

  it('with a result above 262,144 bytes fails with States.DataLimitExceeded, which only its own name catches', async () => {
    const bench = openBench({ lambda: lambdaPlayer(() => 'x'.repeat(262_144)) });
    const caught = { Resource: FUNCTION, Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Caught' }] };
    expect(await run(bench, one(caught, { Caught: { Type: 'Succeed', Output: 'caught' } }))).toMatchObject({
      output: '"caught"',
    });
    const all = { Resource: FUNCTION, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] };
    expect(await run(bench, one(all, { Caught: { Type: 'Succeed' } }))).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
  });
});

describe('services', () => {
  it('get message bodies and event details as text', async () => {
    const bench = openBench({
      sqs: () => ({ MessageId: 'm' }),
      events: () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'e' }] }),
    });
    const definition = one(
      {
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Arguments: { QueueUrl: 'q', MessageBody: { a: 1 } },
        End: false,
        Next: 'Tell',
      },
      {
        Tell: {
          Type: 'Task',
          Resource: 'arn:aws:states:::events:putEvents',
          Arguments: { Entries: [{ Source: 's', DetailType: 't', Detail: { b: 2 } }] },
          End: true,
        },
      },
    );
    bench.machine({ ...definition, States: withoutEnd(definition) });
    await bench.settled(await bench.start());
    expect(bench.calls.map(({ input }) => input)).toEqual([
      { QueueUrl: 'q', MessageBody: '{"a":1}' },
      { Entries: [{ Source: 's', DetailType: 't', Detail: '{"b":2}' }] },
    ]);
  });

  it('that refuse one event fail the task', async () => {
    const refused = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'no' }] };
    const bench = openBench({ events: () => refused });
    const ended = await run(
      bench,
      one({ Resource: 'arn:aws:states:::events:putEvents', Arguments: { Entries: [{ Source: 's' }] } }),
    );
    expect(ended).toMatchObject({ error: 'EventBridge.FailedEntry', cause: JSON.stringify(refused) });
  });

  it.each([
    [
      'arn:aws:states:::dynamodb:putItem',
      'ConditionalCheckFailedException',
      'DynamoDB.ConditionalCheckFailedException',
    ],
    ['arn:aws:states:::dynamodb:putItem', 'ValidationException', 'DynamoDB.AmazonDynamoDBException'],
    ['arn:aws:states:::aws-sdk:dynamodb:query', 'ResourceNotFoundException', 'DynamoDb.ResourceNotFoundException'],
    ['arn:aws:states:::aws-sdk:dynamodb:query', 'ValidationException', 'DynamoDb.DynamoDbException'],
    ['arn:aws:states:::aws-sdk:dynamodb:query', 'AccessDeniedException', 'DynamoDb.DynamoDbException'],
  ])('%s refused with %s fails as %s', async (resource, code, error) => {
    const bench = openBench({
      dynamodb: () => {
        throw new AwsError(code, 'no');
      },
    });
    expect(await run(bench, one({ Resource: resource, Arguments: { TableName: 't', Item: {} } }))).toMatchObject({
      status: 'FAILED',
      error,
    });
  });

  it('that do not exist are refused when the machine is made', () => {
    const bench = openBench();
    expect(() => bench.machine(one({ Resource: 'arn:aws:states:::ecs:runTask.sync' }))).toThrow(/is not recognized/);
    expect(() => bench.machine(one({ Resource: 'arn:aws:states:::aws-sdk:s3:getObject' }))).toThrow(
      /is not recognized/,
    );
  });
});

function withoutEnd(definition: JsonObject): JsonObject {
  const { Work, ...others } = definition['States'] as Record<string, JsonObject>;
  const { End: _end, ...work } = Work ?? {};
  return { Work: work, ...others };
}

describe('startExecution.sync', () => {
  const child = 'arn:aws:states:eu-west-1:000000000000:stateMachine:child';
  const parent = (pattern: string): JsonObject =>
    one({
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Arguments: { StateMachineArn: child, Input: { n: 1 }, Name: 'child-1' },
    });

  it('fails with the whole child execution as cause', async () => {
    const bench = openBench();
    bench.machine(
      { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Broken', Cause: 'inside' } } },
      { name: 'child' },
    );
    const ended = await run(bench, parent('.sync:2'));
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    const told = JSON.parse(String(ended['cause'])) as JsonObject;
    expect(told).toMatchObject({
      Status: 'FAILED',
      Error: 'Broken',
      Cause: 'inside',
      Input: { n: 1 },
      Name: 'child-1',
    });
    expect(Object.keys(told)).not.toContain('OutputDetails');
  });

  it('ends the child with the parent', async () => {
    const bench = openBench();
    bench.machine({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } }, { name: 'child' });
    const started = await run(bench, parent('.sync'));
    await bench.call('StopExecution', { executionArn: started['executionArn'] ?? '' });
    expect(await bench.settled(`${child.replace('stateMachine', 'execution')}:child-1`)).toMatchObject({
      status: 'ABORTED',
    });
  });

  it('without .sync goes on at once', async () => {
    const bench = openBench();
    bench.machine({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } }, { name: 'child' });
    expect(await run(bench, parent(''))).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('an activity', () => {
  it('gives its task to one worker, and goes on with the answer', async () => {
    const bench = openBench();
    const { activityArn = '' } = await bench.call('CreateActivity', { name: 'shelve' });
    const asked = [
      bench.call('GetActivityTask', { activityArn, workerName: 'w' }),
      bench.call('GetActivityTask', { activityArn }),
    ];
    const started = await run(
      bench,
      one({ Resource: 'arn:aws:states:eu-west-1:000000000000:activity:shelve', Arguments: { a: 1 } }),
    );
    const task = await Promise.race(asked);
    expect(task['input']).toBe('{"a":1}');
    await bench.call('SendTaskSuccess', { taskToken: task['taskToken'] ?? '', output: '2' });
    expect(await bench.settled(String(started['executionArn']))).toMatchObject({ status: 'SUCCEEDED', output: '2' });
    await bench.clock.advance(61_000);
    expect((await Promise.all(asked)).filter(({ taskToken }) => taskToken !== undefined)).toHaveLength(1);
  });
});
