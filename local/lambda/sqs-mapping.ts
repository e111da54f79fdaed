import { randomUUID } from 'node:crypto';
import { traceIdOfHeader } from '../endpoint/trace.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Caller, Json, JsonObject } from '../kernel/service.ts';
import { type InvocationResult, invokeFunction } from './invoke.ts';
import { failedMessageIds } from './partial-batch.ts';
import type { LambdaParts } from './parts.ts';

/** A queue whose messages a function handles. */
export interface SqsMapping {
  readonly queueArn: string;
  /** Name or ARN, with version or alias where the template says so. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowMs: number;
  readonly reportsBatchItemFailures: boolean;
  /** Batches at once at most; null for as many as the function has sandboxes. */
  readonly maximumConcurrency: number | null;
}

/** How long a poller holds back after the queue or the function refused it. */
const BACK_OFF_MS = 1000;
const MOST_PER_RECEIVE = 10;

/** Polls one queue with the function's role and hands batches to the function, several at once. */
export class SqsPoller {
  readonly #parts: LambdaParts;
  readonly #mapping: SqsMapping;
  readonly #queueName: string;
  readonly #queueUrl: string;
  readonly #mostAtOnce: number;
  readonly #running = new Set<Promise<void>>();
  #isStopped = false;
  #complaint: string | null = null;

  constructor(parts: LambdaParts, mapping: SqsMapping, sandboxCap: number) {
    this.#parts = parts;
    this.#mapping = mapping;
    const [, , , , accountId = '', queueName = ''] = mapping.queueArn.split(':');
    this.#queueName = queueName;
    this.#queueUrl = `${parts.endpoint}/${accountId}/${queueName}`;
    this.#mostAtOnce = Math.min(mapping.maximumConcurrency ?? sandboxCap, sandboxCap);
  }

  start(): void {
    void this.#poll();
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #poll(): Promise<void> {
    while (!this.#isStopped) {
      try {
        await this.#parts.whenMessage(this.#queueName);
        if (this.#running.size >= this.#mostAtOnce) await Promise.race(this.#running);
        if (!this.#isStopped) await this.#takeBatch();
        this.#complaint = null;
      } catch (error) {
        if (this.#isStopped) return;
        this.#complain(error);
        await this.#pause(BACK_OFF_MS);
      }
    }
  }

  /** The same trouble is told once, not once a second. */
  #complain(error: unknown): void {
    const complaint = error instanceof Error ? error.message.replaceAll(/poller-[0-9a-f-]+/g, 'poller') : String(error);
    if (complaint !== this.#complaint) console.error(`The queue ${this.#queueName} cannot be polled: ${complaint}`);
    this.#complaint = complaint;
  }

  /** Resolves when the batch is received and on its way; the handling goes on beside the next poll. */
  async #takeBatch(): Promise<void> {
    const messages = await this.#receive(this.#mapping.batchSize);
    if (messages.length === 0) return;
    if (this.#mapping.maximumBatchingWindowMs > 0) await this.#fillUp(messages);
    const handling = this.#parts.activity.track(this.#handle(messages)).catch((error) => {
      if (!this.#isStopped) console.error(`A batch of ${this.#queueName} was not handled:`, error);
    });
    this.#running.add(handling);
    void handling.finally(() => this.#running.delete(handling));
  }

  /** Waits by the clock, so this waiting is not activity that the clock would wait for. */
  async #fillUp(messages: JsonObject[]): Promise<void> {
    const endsAtMs = this.#parts.clock.now() + this.#mapping.maximumBatchingWindowMs;
    while (messages.length < this.#mapping.batchSize && this.#parts.clock.now() < endsAtMs && !this.#isStopped) {
      const isInTime = await this.#messageBefore(endsAtMs);
      if (isInTime) messages.push(...(await this.#receive(this.#mapping.batchSize - messages.length)));
    }
  }

  #messageBefore(timeMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.#parts.clock.at(timeMs, () => resolve(false));
      void this.#parts.whenMessage(this.#queueName).then(() => {
        timer.cancel();
        resolve(true);
      });
    });
  }

  async #receive(atMost: number): Promise<JsonObject[]> {
    const received: JsonObject[] = [];
    while (received.length < atMost) {
      const asked = Math.min(MOST_PER_RECEIVE, atMost - received.length);
      const output = await this.#call('ReceiveMessage', null, {
        MaxNumberOfMessages: asked,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      const messages = (output['Messages'] ?? []) as JsonObject[];
      received.push(...messages);
      if (messages.length < asked) break;
    }
    return received;
  }

  async #handle(messages: readonly JsonObject[]): Promise<void> {
    const traceId = traceOf(messages[0]);
    const result = await this.#invoke(messages, traceId);
    const failed = failedMessageIds(result, messages.map(idOf), this.#mapping.reportsBatchItemFailures);
    await this.#delete(
      messages.filter((message) => !failed.has(idOf(message))),
      traceId,
    );
  }

  /** Throttled batches stay hidden until their visibility timeout, like failed ones. */
  async #invoke(messages: readonly JsonObject[], traceId: string | null): Promise<InvocationResult | null> {
    const target = this.#parts.functions.find(this.#mapping.functionName);
    const Records = messages.map((message) => recordOf(message, this.#mapping.queueArn, this.#parts.place.region));
    try {
      return await invokeFunction(this.#parts, { target, payload: JSON.stringify({ Records }), traceId });
    } catch (error) {
      if (error instanceof AwsError && error.name === 'TooManyRequestsException') return null;
      throw error;
    }
  }

  async #delete(messages: readonly JsonObject[], traceId: string | null): Promise<void> {
    for (let at = 0; at < messages.length; at += MOST_PER_RECEIVE) {
      const Entries = messages.slice(at, at + MOST_PER_RECEIVE).map((message, index) => ({
        Id: String(index),
        ReceiptHandle: message['ReceiptHandle'] ?? '',
      }));
      await this.#call('DeleteMessageBatch', traceId, { Entries });
    }
  }

  #call(operation: string, traceId: string | null, input: JsonObject): Promise<JsonObject> {
    const { definition } = this.#parts.functions.find(this.#mapping.functionName);
    const caller: Caller = {
      kind: 'role',
      roleArn: definition.roleArn,
      sessionName: `poller-${randomUUID()}`,
      traceId,
    };
    const call = { service: 'sqs', operation, input: { QueueUrl: this.#queueUrl, ...input }, caller };
    return this.#parts.activity.track(this.#parts.dispatch(call));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms).unref());
  }
}

function idOf(message: JsonObject): string {
  return String(message['MessageId']);
}

function traceOf(message: JsonObject | undefined): string | null {
  const attributes = message?.['Attributes'] as JsonObject | undefined;
  const header = attributes?.['AWSTraceHeader'];
  return traceIdOfHeader(typeof header === 'string' ? header : null);
}

/** As functions get it: lower-case names, and attributes without the types that only the API has. */
function recordOf(message: JsonObject, queueArn: string, awsRegion: string): JsonObject {
  return {
    messageId: message['MessageId'] ?? null,
    receiptHandle: message['ReceiptHandle'] ?? null,
    body: message['Body'] ?? null,
    attributes: message['Attributes'] ?? {},
    messageAttributes: attributesOf((message['MessageAttributes'] ?? {}) as JsonObject),
    md5OfBody: message['MD5OfBody'] ?? null,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion,
  };
}

function attributesOf(attributes: JsonObject): JsonObject {
  const converted: Record<string, Json> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    const { DataType, StringValue, BinaryValue } = attribute as Record<string, Json>;
    converted[name] = {
      ...(StringValue === undefined ? {} : { stringValue: StringValue }),
      ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: DataType ?? 'String',
    };
  }
  return converted;
}
