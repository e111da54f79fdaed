import { describe, expect, it } from 'vitest';
import type { FunctionDefinition } from './index.ts';
import { call, define, ENDPOINT, world } from './testing/world.ts';

const WORKS = 'export const handler = async (e) => ({ took: e.x });';
const FAILS = 'export const handler = async () => { throw new Error("down"); };';

describe('the outcome of an asynchronous invocation', () => {
  it('goes to the destination for successes, with what the function answered', async () => {
    define(WORKS);
    const onSuccess = queue('done');
    world.lambda.ensureInvokeConfig('f', null, { ...ONCE, onSuccess });
    await send({ x: 1 });
    expect(await onlyMessage('done')).toMatchObject({
      requestContext: { condition: 'Success', approximateInvokeCount: 1 },
      requestPayload: { x: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { took: 1 },
    });
  });

  it('is a failure without an answer when the event grew too old before the function was free', async () => {
    define(WORKS, { reservedConcurrency: 0 });
    const onFailure = queue('failed');
    world.lambda.ensureInvokeConfig('f', null, { ...ONCE, maximumEventAgeMs: 60_000, onFailure });
    await send({ x: 1 });
    await world.clock.advance(50_000);
    expect(await messages('failed')).toEqual([]);
    await world.clock.advance(60_000);
    const record = await onlyMessage('failed');
    expect(record).toMatchObject({ requestContext: { condition: 'EventAgeExceeded' }, requestPayload: { x: 1 } });
    expect(record).not.toHaveProperty('responsePayload');
  });

  it('is told to the dead-letter queue as the event itself, with the error beside it', async () => {
    await failInto({ deadLetterArn: queue('dead') });
    expect(await messages('dead')).toMatchObject([
      {
        Body: '{"x":1}',
        MessageAttributes: {
          RequestID: { StringValue: expect.stringMatching(/^[0-9a-f-]{36}$/) },
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: { StringValue: 'down' },
        },
      },
    ]);
  });

  it('runs once what is not to be retried', async () => {
    await failInto({ deadLetterArn: queue('dead') });
    await world.clock.advance(600_000);
    expect(world.meter.report().lines.find(({ item }) => item === 'lambda-requests')?.quantity).toBe(1);
  });
});

const ONCE = { maximumRetryAttempts: 0, maximumEventAgeMs: 21_600_000, onSuccess: null, onFailure: null };

async function failInto(changes: Partial<FunctionDefinition>): Promise<void> {
  define(FAILS, changes);
  world.lambda.ensureInvokeConfig('f', null, ONCE);
  await send({ x: 1 });
}

/** A queue that the function may send to; answers its ARN. */
function queue(name: string): string {
  const { queueArn } = world.sqs.ensureQueue(name, {});
  world.iam.addPolicyToRole('F', { Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn } });
  return queueArn;
}

async function send(event: { x: number }): Promise<void> {
  await call('lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'Event', Payload: event });
  await world.activity.whenIdle();
}

async function messages(name: string): Promise<readonly Record<string, unknown>[]> {
  const query = { QueueUrl: `${ENDPOINT}/000000000000/${name}`, MessageAttributeNames: ['All'] };
  return ((await call('sqs', 'ReceiveMessage', query))['Messages'] ?? []) as readonly Record<string, unknown>[];
}

async function onlyMessage(name: string): Promise<unknown> {
  const [message, ...others] = await messages(name);
  expect(others).toEqual([]);
  return JSON.parse(String(message?.['Body']));
}
