import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Trigger } from '../contracts/index.ts';
import type { Intake } from '../ports/index.ts';

/** SQS takes at most ten messages and 1 MiB a call. */
const BATCH = 10;

export class SqsIntake implements Intake {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  async send(triggers: readonly Trigger[]): Promise<void> {
    for (let start = 0; start < triggers.length; start += BATCH) {
      const batch = triggers.slice(start, start + BATCH);
      const { Failed: failed = [] } = await this.#client.send(
        new SendMessageBatchCommand({
          QueueUrl: this.#queueUrl,
          Entries: batch.map((trigger, index) => ({ Id: String(index), MessageBody: queueText(trigger) })),
        }),
      );
      const first = failed[0];
      if (first !== undefined)
        throw new Error(`The intake queue refused a trigger: ${first.Code} ${first.Message ?? ''}`);
    }
  }
}

/** SQS takes XML characters only; JSON can spell the others out. */
export function queueText(trigger: Trigger): string {
  return JSON.stringify(trigger).replace(
    /[\u007f-\u009f\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
