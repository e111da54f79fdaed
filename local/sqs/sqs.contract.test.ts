import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedService, serveAlone } from '../inputs/testing/served-service.ts';
import { createSqs, type SqsService } from './index.ts';

let served: ServedService<SqsService>;
let client: SQSClient;
let QueueUrl: string;

beforeAll(async () => {
  served = await serveAlone(createSqs);
  client = new SQSClient(served.client);
  const made = await client.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { VisibilityTimeout: '60' } }));
  QueueUrl = made.QueueUrl ?? '';
});
afterAll(async () => {
  served.service.stop();
  client.destroy();
  await served.close();
});

it('names queues by URLs of its own endpoint', async () => {
  expect(QueueUrl).toBe(`${served.client.endpoint}/000000000000/q`);
  expect(await client.send(new GetQueueUrlCommand({ QueueName: 'q' }))).toMatchObject({ QueueUrl });
});

it('passes the digest checks of the client for text and binary attributes', async () => {
  const MessageAttributes = {
    kind: { DataType: 'String', StringValue: 'lead ✓' },
    number: { DataType: 'Number.int', StringValue: '7' },
    bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 1, 255]) },
  };
  const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'grüße', MessageAttributes }));
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }),
  );

  expect(Messages).toMatchObject([
    {
      MessageId: sent.MessageId,
      Body: 'grüße',
      MessageAttributes,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: { ApproximateReceiveCount: '1' },
    },
  ]);
});

it('wakes a long poll, hands a batch out, takes it back and deletes it', async () => {
  const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }));
  const Entries = ['a', 'b', 'c'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
  const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const first = (await waiting).Messages ?? [];

  expect(sent.Successful).toHaveLength(3);
  expect(first.map(({ Body }) => Body)).toEqual(['a', 'b', 'c']);
  const [{ ReceiptHandle } = {}] = first;
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  const again = (await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? [];
  expect(again.map(({ Body }) => Body)).toEqual(['a']);

  const handles = [again[0], first[1], first[2]].map((message, index) => ({
    Id: String(index),
    ReceiptHandle: message?.ReceiptHandle,
  }));
  await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles }));
  const left = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(left.Attributes).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '1',
    VisibilityTimeout: '60',
  });
});

it('answers errors that the client knows by their class', async () => {
  await expect(
    client.send(new SendMessageCommand({ QueueUrl: QueueUrl.replace(/q$/, 'none'), MessageBody: 'x' })),
  ).rejects.toBeInstanceOf(QueueDoesNotExist);
});
