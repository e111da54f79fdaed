import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { Caller, JsonObject, Operation } from '../../kernel/service.ts';
import { batchEntries, checkBatch, eachEntry } from '../batch.ts';
import { md5OfAttributes, md5OfText } from '../md5.ts';
import { type MessageInput, messageFields, sizeInBytes, toMessage } from '../message-input.ts';
import { invalid, onQueue, type SqsParts, sqsOperation, write } from '../parts.ts';
import { type Queue, queueNameOfUrl } from '../queues.ts';

export function sendOperations(parts: SqsParts): Record<string, Operation> {
  return {
    SendMessage: sqsOperation({
      name: 'SendMessage',
      input: z.strictObject({ QueueUrl: z.string(), ...messageFields }),
      permissions: (input) => onQueue(parts, input.QueueUrl, 'SendMessage'),
      run: async (input, caller) => {
        const queue = parts.queues.get(queueNameOfUrl(input.QueueUrl));
        const answer = await write(parts, () => add(parts, queue, input, caller));
        parts.arrivals.changed(queue.name);
        return answer;
      },
    }),
    SendMessageBatch: sqsOperation({
      name: 'SendMessageBatch',
      input: z.strictObject({ QueueUrl: z.string(), Entries: batchEntries(messageFields) }),
      permissions: (input) => onQueue(parts, input.QueueUrl, 'SendMessage'),
      run: async (input, caller) => {
        const queue = parts.queues.get(queueNameOfUrl(input.QueueUrl));
        checkBatch(input.Entries);
        checkBatchSize(queue, input.Entries);
        const answer = await write(parts, () => eachEntry(input.Entries, (entry) => add(parts, queue, entry, caller)));
        parts.arrivals.changed(queue.name);
        return answer;
      },
    }),
  };
}

function add(parts: SqsParts, queue: Queue, input: MessageInput, caller: Caller): JsonObject {
  const message = toMessage(input, caller);
  checkSize(queue, sizeInBytes(input));
  const nowMs = parts.clock.now();
  const delaySeconds = input.DelaySeconds ?? queue.attributes.delaySeconds;
  const id = parts.messages.add(queue.name, message, nowMs, nowMs + delaySeconds * 1000);
  const traceHeader = input.MessageSystemAttributes.AWSTraceHeader;
  return present({
    MessageId: id,
    MD5OfMessageBody: md5OfText(input.MessageBody),
    MD5OfMessageAttributes: md5OfAttributes(input.MessageAttributes) ?? undefined,
    MD5OfMessageSystemAttributes:
      traceHeader === undefined ? undefined : (md5OfAttributes({ AWSTraceHeader: traceHeader }) ?? undefined),
  });
}

function checkSize(queue: Queue, bytes: number): void {
  const limit = queue.attributes.maximumMessageBytes;
  if (bytes <= limit) return;
  throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
}

function checkBatchSize(queue: Queue, entries: readonly MessageInput[]): void {
  const bytes = entries.reduce((sum, entry) => sum + sizeInBytes(entry), 0);
  const limit = queue.attributes.maximumMessageBytes;
  if (bytes <= limit) return;
  throw new AwsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${limit} bytes. You have sent ${bytes} bytes.`,
  );
}
