import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { batchEntries, checkBatch, eachEntry } from '../batch.ts';
import { onQueue, type SqsParts, sqsOperation, write } from '../parts.ts';
import { type Queue, queueNameOfUrl } from '../queues.ts';
import { between } from '../ranges.ts';
import { readReceiptHandle } from '../receipt-handle.ts';

const deleteFields = { ReceiptHandle: z.string() };
const visibilityFields = { ReceiptHandle: z.string(), VisibilityTimeout: between(0, 43_200) };

/** What a receiver says of a message that it holds: done, or how much longer. */
export function settleOperations(parts: SqsParts): Record<string, Operation> {
  return {
    DeleteMessage: sqsOperation({
      name: 'DeleteMessage',
      input: z.strictObject({ QueueUrl: z.string(), ...deleteFields }),
      permissions: (input) => onQueue(parts, input.QueueUrl, 'DeleteMessage'),
      run: (input) => change(parts, input.QueueUrl, (queue) => remove(parts, queue, input)),
    }),
    DeleteMessageBatch: sqsOperation({
      name: 'DeleteMessageBatch',
      input: z.strictObject({ QueueUrl: z.string(), Entries: batchEntries(deleteFields) }),
      permissions: (input) => onQueue(parts, input.QueueUrl, 'DeleteMessage'),
      run: (input) => {
        checkBatch(input.Entries);
        return change(parts, input.QueueUrl, (queue) =>
          eachEntry(input.Entries, (entry) => remove(parts, queue, entry)),
        );
      },
    }),
    ChangeMessageVisibility: sqsOperation({
      name: 'ChangeMessageVisibility',
      input: z.strictObject({ QueueUrl: z.string(), ...visibilityFields }),
      permissions: (input) => onQueue(parts, input.QueueUrl, 'ChangeMessageVisibility'),
      run: (input) => change(parts, input.QueueUrl, (queue) => postpone(parts, queue, input)),
    }),
    ChangeMessageVisibilityBatch: sqsOperation({
      name: 'ChangeMessageVisibilityBatch',
      input: z.strictObject({ QueueUrl: z.string(), Entries: batchEntries(visibilityFields) }),
      permissions: (input) => onQueue(parts, input.QueueUrl, 'ChangeMessageVisibility'),
      run: (input) => {
        checkBatch(input.Entries);
        return change(parts, input.QueueUrl, (queue) =>
          eachEntry(input.Entries, (entry) => postpone(parts, queue, entry)),
        );
      },
    }),
  };
}

async function change(parts: SqsParts, queueUrl: string, work: (queue: Queue) => JsonObject): Promise<JsonObject> {
  const queue = parts.queues.get(queueNameOfUrl(queueUrl));
  const answer = await write(parts, () => work(queue));
  parts.arrivals.changed(queue.name);
  return answer;
}

function remove(parts: SqsParts, queue: Queue, input: { readonly ReceiptHandle: string }): JsonObject {
  parts.messages.removeByReceipt(queue.name, readReceiptHandle(input.ReceiptHandle));
  return {};
}

function postpone(
  parts: SqsParts,
  queue: Queue,
  input: { readonly ReceiptHandle: string; readonly VisibilityTimeout: number },
): JsonObject {
  const receipt = readReceiptHandle(input.ReceiptHandle);
  const nowMs = parts.clock.now();
  const visibleAtMs = parts.messages.visibleAtMs(queue.name, receipt);
  if (visibleAtMs === null || visibleAtMs <= nowMs) {
    throw new AwsError(
      'MessageNotInflight',
      `Value ${input.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  parts.messages.show(receipt.seq, nowMs + input.VisibilityTimeout * 1000);
  return {};
}
