import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Trigger } from '../contracts/index.ts';
import { queueText } from '../domain/queue-text.ts';
import type { Intake } from '../ports/index.ts';

/** SQS takes at most ten messages and 1 MiB a call. */
const MOST_MESSAGES = 10;
const MOST_BYTES = 1_000_000;

export class SqsIntake implements Intake {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async send(triggers: readonly Trigger[]): Promise<void> {
    for (const batch of batches(triggers.map(queueText))) {
      const { Failed: failed = [] } = await this.#client.send(
        new SendMessageBatchCommand({
          QueueUrl: this.#queueUrl,
          Entries: batch.map((text, index) => ({ Id: String(index), MessageBody: text })),
        }),
      );
      const first = failed[0];
      if (first !== undefined)
        throw new Error(`The intake queue refused a trigger: ${first.Code} ${first.Message ?? ''}`);
    }
  }
}

/** In order, each as large as one call may be. */
export function batches(texts: readonly string[]): string[][] {
  const made: string[][] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(text);
    const current = made.at(-1);
    if (current === undefined || current.length === MOST_MESSAGES || bytes + size > MOST_BYTES) {
      made.push([text]);
      bytes = size;
    } else {
      current.push(text);
      bytes += size;
    }
  }
  return made;
}
