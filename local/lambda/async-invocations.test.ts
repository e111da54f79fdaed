import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beginOn, call, define, folder, received, restartOn, world } from './testing/world.ts';

describe('an asynchronous invocation', () => {
  const failing = 'export const handler = async () => { console.log("tried"); throw new Error("down"); };';

  it('is retried after one minute and after two more, and then given to the destination', async () => {
    define(failing);
    const queue = world.sqs.ensureQueue('failed', {});
    world.iam.addPolicyToRole('F', {
      Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue.queueArn },
    });
    const config = {
      maximumRetryAttempts: 2,
      maximumEventAgeMs: 21_600_000,
      onSuccess: null,
      onFailure: queue.queueArn,
    };
    world.lambda.ensureInvokeConfig('f', null, config);

    await call('lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'Event', Payload: { x: 1 } });
    await world.activity.whenIdle();
    expect(world.lines.filter((line) => line === 'tried')).toHaveLength(1);
    await world.clock.advance(61_000);
    expect(world.lines.filter((line) => line === 'tried')).toHaveLength(2);
    await world.clock.advance(121_000);
    expect(world.lines.filter((line) => line === 'tried')).toHaveLength(3);

    const [record] = await received('failed');
    expect(JSON.parse(String(record?.['Body']))).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { x: 1 },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorMessage: 'down' },
    });
  });

  it('goes on after a restart', async () => {
    const file = join(folder, 'data.sqlite');
    beginOn(file);
    define(failing);
    await call('lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'Event' });
    await world.activity.whenIdle();
    await restartOn(file);
    define('export const handler = async () => console.log("done");');
    world.lambda.start();
    await world.clock.advance(61_000);
    expect(world.lines).toEqual(['done']);
  });
});
