import { expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createSqs } from './index.ts';

const url = 'http://127.0.0.1:4700/000000000000/intake';
const MessageAttributes = { a: { DataType: 'String', StringValue: '' } };

const refused: [string, string, JsonObject, string][] = [
  ['a queue that is not there', 'SendMessage', { QueueUrl: 'http://x/1/none', MessageBody: 'x' }, 'QueueDoesNotExist'],
  [
    'a character that XML cannot carry',
    'SendMessage',
    { QueueUrl: url, MessageBody: 'a\u0007b' },
    'InvalidMessageContents',
  ],
  ['half a surrogate pair', 'SendMessage', { QueueUrl: url, MessageBody: '\ud800' }, 'InvalidMessageContents'],
  [
    'a body over 1 MiB',
    'SendMessage',
    { QueueUrl: url, MessageBody: 'x'.repeat(1_048_577) },
    'InvalidParameterValueException',
  ],
  [
    'an attribute without a value',
    'SendMessage',
    { QueueUrl: url, MessageBody: 'x', MessageAttributes },
    'InvalidParameterValueException',
  ],
  ['a missing parameter', 'SendMessage', { QueueUrl: url }, 'MissingRequiredParameterException'],
  [
    'an attribute that queues do not have',
    'GetQueueAttributes',
    { QueueUrl: url, AttributeNames: ['Nope'] },
    'InvalidAttributeName',
  ],
  ['a wait over 20 s', 'ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 21 }, 'InvalidParameterValueException'],
  ['a handle that never was one', 'DeleteMessage', { QueueUrl: url, ReceiptHandle: 'x' }, 'ReceiptHandleIsInvalid'],
  ['an empty body', 'SendMessage', { QueueUrl: url, MessageBody: '' }, 'MissingRequiredParameterException'],
  [
    'a name that attributes cannot have',
    'SendMessage',
    { QueueUrl: url, MessageBody: 'x', MessageAttributes: { 'AWS.a': { DataType: 'String', StringValue: 'x' } } },
    'InvalidParameterValueException',
  ],
  [
    'dead letters to a queue that is not there',
    'SetQueueAttributes',
    {
      QueueUrl: url,
      Attributes: {
        RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:000000000000:none","maxReceiveCount":3}',
      },
    },
    'InvalidParameterValueException',
  ],
  ['an empty batch', 'SendMessageBatch', { QueueUrl: url, Entries: [] }, 'EmptyBatchRequest'],
  ['a FIFO queue', 'CreateQueue', { QueueName: 'x.fifo' }, 'UnsupportedOperationException'],
  [
    'a parameter it does not have',
    'SendMessage',
    { QueueUrl: url, MessageBody: 'x', MessageGroupId: 'g' },
    'UnsupportedOperationException',
  ],
];

function open(): ReturnType<typeof createSqs> {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const sqs = createSqs({ store, clock, activity, place, endpoint: () => 'http://127.0.0.1:4700' });
  sqs.ensureQueue('intake');
  return sqs;
}

it.each(refused)('refuses %s', async (_reason, operation, input, code) => {
  const call = async () => open().operations[operation]?.run(input, { kind: 'operator', traceId: null });

  await expect(call()).rejects.toMatchObject({ name: code });
});

it.each<[string, JsonObject, string]>([
  [
    'ReceiveMessage',
    { QueueUrl: url, MaxNumberOfMessages: 11 },
    'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  ],
  [
    'ReceiveMessage',
    { QueueUrl: url, WaitTimeSeconds: 21 },
    'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
  ],
  [
    'SendMessage',
    { QueueUrl: url, MessageBody: 'x', DelaySeconds: 901 },
    'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
  ],
])('says what %s of %j may be', async (operation, input, message) => {
  const call = async () => open().operations[operation]?.run(input, { kind: 'operator', traceId: null });

  await expect(call()).rejects.toMatchObject({ message });
});

it('lets one message of a batch fail alone, whatever is wrong with it', async () => {
  const Entries = [
    { Id: 'good', MessageBody: 'x' },
    { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
    { Id: 'empty', MessageBody: '' },
    { Id: 'control', MessageBody: '\u0001' },
  ];
  const input = { QueueUrl: url, Entries };

  expect(await open().operations['SendMessageBatch']?.run(input, { kind: 'operator', traceId: null })).toMatchObject({
    Successful: [{ Id: 'good' }],
    Failed: [
      { Id: 'late', Code: 'InvalidParameterValueException', SenderFault: true },
      { Id: 'empty', Code: 'MissingRequiredParameterException' },
      { Id: 'control', Code: 'InvalidMessageContents' },
    ],
  });
});
