import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { Caller, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createSqs, type SqsService } from './index.ts';

const operator: Caller = { kind: 'operator', traceId: null };
const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
const url = 'http://127.0.0.1:4700/000000000000/intake';
const deadUrl = url.replace('intake', 'dead');

const opened: { stop(): void }[] = [];
afterEach(() => {
  for (const runtime of opened.splice(0)) runtime.stop();
});

describe('sending and receiving', () => {
  it('hands a message out once and hides it for the visibility timeout', async () => {
    const { call, clock } = open();
    await call('SendMessage', { QueueUrl: url, MessageBody: 'hello' });

    const first = await receive(call, {});
    const hidden = await receive(call, {});
    await clock.advance(30_000);
    const again = await receive(call, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });

    expect(first).toMatchObject([{ Body: 'hello', MD5OfBody: '5d41402abc4b2a76b9719d911017c592' }]);
    expect(hidden).toEqual([]);
    expect(again).toMatchObject([{ Body: 'hello', Attributes: { ApproximateReceiveCount: '2' } }]);
  });

  it('wakes a long poll when a message arrives', async () => {
    const { call } = open();

    const waiting = receive(call, { WaitTimeSeconds: 20 });
    await call('SendMessage', { QueueUrl: url, MessageBody: 'late' });

    expect(await waiting).toMatchObject([{ Body: 'late' }]);
  });

  it('ends a long poll empty at its deadline', async () => {
    const { call, clock } = open();

    const waiting = receive(call, { WaitTimeSeconds: 20 });
    await clock.advance(20_000);

    expect(await waiting).toEqual([]);
  });

  it('wakes a long poll when a delayed message becomes visible', async () => {
    const { call, clock } = open();
    await call('SendMessage', { QueueUrl: url, MessageBody: 'delayed', DelaySeconds: 10 });

    expect(await receive(call, {})).toEqual([]);
    const waiting = receive(call, { WaitTimeSeconds: 20 });
    await clock.advance(10_000);

    expect(await waiting).toMatchObject([{ Body: 'delayed' }]);
  });

  it('gives each of two long polls a message of its own', async () => {
    const { call } = open();

    const waiting = [receive(call, { WaitTimeSeconds: 20 }), receive(call, { WaitTimeSeconds: 20 })];
    await call('SendMessage', { QueueUrl: url, MessageBody: 'a' });
    await call('SendMessage', { QueueUrl: url, MessageBody: 'b' });

    const bodies = (await Promise.all(waiting)).flat().map((message) => message['Body']);
    expect(bodies.sort()).toEqual(['a', 'b']);
  });

  it('drops a message that is older than the retention period', async () => {
    const { call, clock } = open();
    await call('SendMessage', { QueueUrl: url, MessageBody: 'old' });

    await clock.advance(345_601_000);

    expect(await receive(call, {})).toEqual([]);
  });

  it('returns message attributes that are asked for, with their digest', async () => {
    const { call } = open();
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'lead' } };
    const sent = await call('SendMessage', { QueueUrl: url, MessageBody: 'x', MessageAttributes });

    const [message] = await receive(call, { MessageAttributeNames: ['All'] });

    expect(message?.['MessageAttributes']).toEqual(MessageAttributes);
    expect(message?.['MD5OfMessageAttributes']).toBe(sent['MD5OfMessageAttributes']);
  });

  it('lets the trace of the sender follow the message', async () => {
    const { sqs } = open();
    await run(sqs, 'SendMessage', { QueueUrl: url, MessageBody: 'x' }, { kind: 'operator', traceId: 'case-1' });

    const [message] = await receive((name, input) => run(sqs, name, input), { AttributeNames: ['AWSTraceHeader'] });

    expect(message?.['Attributes']).toEqual({ AWSTraceHeader: 'case-1' });
  });
});

describe('settling', () => {
  it('deletes by the latest receipt handle only', async () => {
    const { call, clock } = open();
    await call('SendMessage', { QueueUrl: url, MessageBody: 'x' });
    const [first] = await receive(call, {});
    await clock.advance(30_000);
    const [second] = await receive(call, {});

    await call('DeleteMessage', { QueueUrl: url, ReceiptHandle: first?.['ReceiptHandle'] ?? '' });
    expect(await depth(call)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1' });
    await call('DeleteMessage', { QueueUrl: url, ReceiptHandle: second?.['ReceiptHandle'] ?? '' });
    expect(await depth(call)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '0' });
  });

  it('returns a message at once when its visibility timeout is set to 0, and wakes who waits', async () => {
    const { call } = open();
    await call('SendMessage', { QueueUrl: url, MessageBody: 'x' });
    const [held] = await receive(call, {});

    const waiting = receive(call, { WaitTimeSeconds: 20 });
    await call('ChangeMessageVisibility', {
      QueueUrl: url,
      ReceiptHandle: held?.['ReceiptHandle'] ?? '',
      VisibilityTimeout: 0,
    });

    expect(await waiting).toMatchObject([{ Body: 'x' }]);
  });

  it('sends and deletes ten in one batch and refuses a bad one alone', async () => {
    const { call } = open();
    const Entries = Array.from({ length: 9 }, (_, index) => ({ Id: `e${index}`, MessageBody: `m${index}` }));
    const sent = await call('SendMessageBatch', {
      QueueUrl: url,
      Entries: [...Entries, { Id: 'bad', MessageBody: '\u0000' }],
    });

    const messages = await receive(call, { MaxNumberOfMessages: 10 });
    const deleted = await call('DeleteMessageBatch', {
      QueueUrl: url,
      Entries: messages.map((message, index) => ({ Id: `d${index}`, ReceiptHandle: message['ReceiptHandle'] ?? '' })),
    });

    expect(sent['Failed']).toMatchObject([{ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true }]);
    expect(messages.map((message) => message['Body'])).toEqual(Entries.map((entry) => entry.MessageBody));
    expect(deleted).toMatchObject({
      Successful: Array.from({ length: 9 }, (_, index) => ({ Id: `d${index}` })),
      Failed: [],
    });
  });
});

describe('redrive', () => {
  it('moves a message to the dead-letter queue after maxReceiveCount receives, and back on request', async () => {
    const { call, clock } = open();
    await call('SendMessage', { QueueUrl: url, MessageBody: 'poison' });
    for (let round = 0; round < 2; round += 1) {
      expect(await receive(call, {})).toHaveLength(1);
      await clock.advance(30_000);
    }

    const waiting = receive(call, { QueueUrl: deadUrl, WaitTimeSeconds: 20, AttributeNames: ['All'] });
    expect(await receive(call, {})).toEqual([]);
    expect(await waiting).toMatchObject([
      { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:intake' } },
    ]);

    await call('StartMessageMoveTask', { SourceArn: 'arn:aws:sqs:eu-west-1:000000000000:dead' });
    const back = await receive(call, { AttributeNames: ['ApproximateReceiveCount'] });
    expect(back).toMatchObject([{ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } }]);
  });
});

describe('queues', () => {
  it('keeps messages, receive counts and hidden times over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sqs-'));
    const path = join(folder, 'state.db');
    const before = open(path);
    await before.call('SendMessage', { QueueUrl: url, MessageBody: 'held' });
    await receive(before.call, { VisibilityTimeout: 60 });
    await before.call('SendMessage', { QueueUrl: url, MessageBody: 'waiting' });
    before.stop();

    const after = open(path);
    expect(await receive(after.call, { MaxNumberOfMessages: 10 })).toMatchObject([{ Body: 'waiting' }]);
    await after.clock.advance(60_000);
    const again = await receive(after.call, { MaxNumberOfMessages: 10, AttributeNames: ['ApproximateReceiveCount'] });

    expect(again.map((message) => [message['Body'], message['Attributes']])).toEqual([
      ['waiting', { ApproximateReceiveCount: '2' }],
      ['held', { ApproximateReceiveCount: '2' }],
    ]);
    after.stop();
    rmSync(folder, { recursive: true });
  });

  it('makes a queue, answers its URL on its own endpoint, and refuses it again with other attributes', async () => {
    const { call } = open();
    const made = await call('CreateQueue', { QueueName: 'new', Attributes: { DelaySeconds: '5' } });

    expect(made).toEqual({ QueueUrl: 'http://127.0.0.1:4700/000000000000/new' });
    expect(await call('GetQueueUrl', { QueueName: 'new' })).toEqual(made);
    expect(await call('CreateQueue', { QueueName: 'new', Attributes: { DelaySeconds: '5' } })).toEqual(made);
    await expect(call('CreateQueue', { QueueName: 'new', Attributes: { DelaySeconds: '6' } })).rejects.toMatchObject({
      name: 'QueueNameExists',
    });
  });

  it('keeps a resource policy for IAM', () => {
    const { sqs } = open();
    sqs.setQueuePolicy('intake', { Statement: [] });
    expect(sqs.policyOf('arn:aws:sqs:eu-west-1:000000000000:intake')).toEqual({ Statement: [] });
    expect(sqs.policyOf('arn:aws:sqs:eu-west-1:000000000000:dead')).toBeNull();
  });
});

type Call = (operation: string, input: JsonObject) => Promise<JsonObject>;

function open(path = ':memory:') {
  const store = new Store(path);
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const sqs = createSqs({ store, clock, activity, place, endpoint: () => 'http://127.0.0.1:4700' });
  const dead = sqs.ensureQueue('dead');
  sqs.ensureQueue('intake', { RedrivePolicy: { deadLetterTargetArn: dead.queueArn, maxReceiveCount: 2 } });
  let isOpen = true;
  const stop = (): void => {
    if (!isOpen) return;
    isOpen = false;
    sqs.stop();
    clock.stop();
    store.close();
  };
  opened.push({ stop });
  const call: Call = (operation, input) => run(sqs, operation, input);
  return { sqs, clock, call, stop };
}

async function run(sqs: SqsService, operation: string, input: JsonObject, caller = operator): Promise<JsonObject> {
  const found = sqs.operations[operation];
  if (found === undefined) throw new Error(`No operation ${operation}`);
  return found.run(input, caller);
}

async function receive(call: Call, input: JsonObject): Promise<readonly JsonObject[]> {
  const answer = await call('ReceiveMessage', { QueueUrl: url, ...input });
  return (answer['Messages'] ?? []) as readonly JsonObject[];
}

async function depth(call: Call): Promise<JsonObject> {
  const answer = await call('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] });
  return answer['Attributes'] as JsonObject;
}
