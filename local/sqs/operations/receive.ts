import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { md5OfAttributes, md5OfText } from '../md5.ts';
import type { MessageAttributes } from '../message-input.ts';
import type { Message } from '../messages.ts';
import { onQueue, type SqsParts, sqsOperation, write } from '../parts.ts';
import { type Queue, queueNameOfUrl } from '../queues.ts';
import { between } from '../ranges.ts';
import { receiptHandle } from '../receipt-handle.ts';

const WAIT_RANGE = 'Must be >= 0 and <= 20, if provided.';

const ReceiveInput = z.strictObject({
  QueueUrl: z.string(),
  MaxNumberOfMessages: between(1, 10).default(1),
  VisibilityTimeout: between(0, 43_200).optional(),
  WaitTimeSeconds: z.int().min(0, WAIT_RANGE).max(20, WAIT_RANGE).optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});
type ReceiveInput = z.output<typeof ReceiveInput>;

export function receiveOperations(parts: SqsParts): Record<string, Operation> {
  return {
    ReceiveMessage: sqsOperation({
      name: 'ReceiveMessage',
      input: ReceiveInput,
      permissions: (input) => onQueue(parts, input.QueueUrl, 'ReceiveMessage'),
      run: (input) => receive(parts, input),
    }),
  };
}

async function receive(parts: SqsParts, input: ReceiveInput): Promise<JsonObject> {
  const name = queueNameOfUrl(input.QueueUrl);
  const waitSeconds = input.WaitTimeSeconds ?? parts.queues.get(name).attributes.receiveWaitSeconds;
  const deadlineMs = parts.clock.now() + waitSeconds * 1000;
  for (;;) {
    const Messages = await takeNow(parts, parts.queues.get(name), input);
    if (Messages.length > 0) return { Messages };
    if (parts.clock.now() >= deadlineMs) return {};
    await nextArrival(parts, name, deadlineMs);
    if (parts.arrivals.isStopped) return {};
  }
}

async function nextArrival(parts: SqsParts, queue: string, deadlineMs: number): Promise<void> {
  const arrival = parts.arrivals.wait(queue);
  const timer = parts.clock.at(deadlineMs, arrival.cancel);
  await arrival.arrived;
  timer.cancel();
}

/** Nothing is written for a queue with nothing to receive, so that idle polling costs no disk. */
async function takeNow(parts: SqsParts, queue: Queue, input: ReceiveInput): Promise<JsonObject[]> {
  const soonest = parts.messages.soonestVisibleAtMs(queue.name);
  if (soonest === null || soonest > parts.clock.now()) return [];
  const taken = await write(parts, () => take(parts, queue, input));
  for (const name of taken.deadLetterQueues) parts.arrivals.changed(name);
  parts.arrivals.changed(queue.name);
  return taken.messages;
}

function take(parts: SqsParts, queue: Queue, input: ReceiveInput): Taken {
  const nowMs = parts.clock.now();
  parts.messages.expire(queue.name, nowMs - queue.attributes.retentionSeconds * 1000);
  const visibleAtMs = nowMs + (input.VisibilityTimeout ?? queue.attributes.visibilityTimeoutSeconds) * 1000;
  const messages: JsonObject[] = [];
  const deadLetterQueues = new Set<string>();
  const seen = new Set<number>();
  while (messages.length < input.MaxNumberOfMessages) {
    const page = parts.messages.visible(queue.name, nowMs, input.MaxNumberOfMessages).filter((m) => !seen.has(m.seq));
    if (page.length === 0) break;
    for (const message of page.slice(0, input.MaxNumberOfMessages - messages.length)) {
      seen.add(message.seq);
      const deadLetterQueue = deadLetterQueueFor(parts, queue, message);
      if (deadLetterQueue === null) {
        const token = parts.messages.take(message, nowMs, visibleAtMs);
        messages.push(received(message, receiptHandle({ seq: message.seq, token }), input, nowMs));
      } else {
        parts.messages.giveUp(message, queue.arn, deadLetterQueue.name, nowMs);
        deadLetterQueues.add(deadLetterQueue.name);
      }
    }
  }
  return { messages, deadLetterQueues };
}

interface Taken {
  readonly messages: JsonObject[];
  readonly deadLetterQueues: ReadonlySet<string>;
}

/** The queue that takes over a message received too often; null while it may be received again. */
function deadLetterQueueFor(parts: SqsParts, queue: Queue, message: Message): Queue | null {
  const redrive = queue.attributes.redrive;
  if (redrive === null || message.receiveCount < redrive.maxReceiveCount) return null;
  return parts.queues.findByArn(redrive.deadLetterTargetArn);
}

function received(message: Message, ReceiptHandle: string, input: ReceiveInput, nowMs: number): JsonObject {
  const attributes = chosenAttributes(message.attributes as MessageAttributes, input.MessageAttributeNames);
  const system = systemAttributes(message, [...input.MessageSystemAttributeNames, ...input.AttributeNames], nowMs);
  return present({
    MessageId: message.id,
    ReceiptHandle,
    MD5OfBody: md5OfText(message.body),
    Body: message.body,
    Attributes: Object.keys(system).length === 0 ? undefined : system,
    MessageAttributes: Object.keys(attributes).length === 0 ? undefined : attributes,
    MD5OfMessageAttributes: md5OfAttributes(attributes) ?? undefined,
  });
}

function systemAttributes(message: Message, names: readonly string[], nowMs: number): JsonObject {
  const all: JsonObject = present({
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAtMs),
    ApproximateReceiveCount: String(message.receiveCount + 1),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs ?? nowMs),
    AWSTraceHeader: message.traceHeader ?? undefined,
    DeadLetterQueueSourceArn: message.sourceArn ?? undefined,
  });
  if (names.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

/** Names may be exact, `All`, `.*`, or a prefix as `order.*`. */
function chosenAttributes(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  const isChosen = (name: string): boolean =>
    names.some((wanted) => {
      if (wanted === 'All' || wanted === '.*' || wanted === name) return true;
      return wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -1));
    });
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isChosen(name)));
}
