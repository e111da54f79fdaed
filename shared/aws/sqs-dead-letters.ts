import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type DeadLetters, type LetterFate, TooManyLettersError } from '../ports/index.ts';

/** As many as are looked at within the time of a call. */
const MOST_LETTERS = 1_000;
/** SQS gives at most ten at a time. */
const AT_A_TIME = 10;
/** Longer than a call takes. */
const OUT_OF_SIGHT_SECONDS = 300;

/** The queue of what could not be handled. */
export class SqsDeadLetters implements DeadLetters {
  readonly #client: SQSClient;
  readonly #QueueUrl: string;

  constructor(client: SQSClient, queueUrl: string) {
    this.#client = client;
    this.#QueueUrl = queueUrl;
  }

  async lookThrough(judge: (text: string) => LetterFate): Promise<void> {
    const letters = new Map<string, Message>();
    try {
      for (let next = await this.#next(); next.length > 0; next = await this.#next()) {
        for (const letter of next) letters.set(letter.MessageId ?? '', letter);
        if (letters.size > MOST_LETTERS) throw new TooManyLettersError(MOST_LETTERS);
      }
      for (const [id, letter] of letters) {
        const fate = judge(letter.Body ?? '');
        if (fate === 'keep') continue;
        if (fate !== 'remove') await this.#send(fate.replaceBy);
        // After the other is there: what breaks off in between leaves both, and nothing is lost.
        await this.#remove(letter);
        letters.delete(id);
      }
    } finally {
      await this.#putBack([...letters.values()]);
    }
  }

  /** By a wait, SQS asks all of its servers, and not some of them. */
  async #next(): Promise<Message[]> {
    const { Messages: messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#QueueUrl,
        MaxNumberOfMessages: AT_A_TIME,
        VisibilityTimeout: OUT_OF_SIGHT_SECONDS,
        WaitTimeSeconds: 1,
      }),
    );
    return messages;
  }

  async #send(MessageBody: string): Promise<void> {
    await this.#client.send(new SendMessageCommand({ QueueUrl: this.#QueueUrl, MessageBody }));
  }

  async #remove({ ReceiptHandle }: Message): Promise<void> {
    await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#QueueUrl, ReceiptHandle }));
  }

  /** As many at a time as SQS takes: whoever asks waits for it. What it does not take comes into sight again by itself. */
  async #putBack(letters: readonly Message[]): Promise<void> {
    for (let from = 0; from < letters.length; from += AT_A_TIME) {
      const some = letters.slice(from, from + AT_A_TIME);
      const Entries = some.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle, VisibilityTimeout: 0 }));
      await this.#client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.#QueueUrl, Entries }));
    }
  }
}
