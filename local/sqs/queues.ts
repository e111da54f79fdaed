import { z } from 'zod';
import { fromJson, objectFromJson } from '../inputs/json.ts';
import { AwsError } from '../kernel/errors.ts';
import { arnOf, type Place } from '../kernel/names.ts';
import type { JsonObject } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { DEFAULT_ATTRIBUTES, type QueueAttributes } from './queue-attributes.ts';

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly attributes: QueueAttributes;
  readonly policy: JsonObject | null;
  readonly createdAtMs: number;
}

/** The queues of the account: on disk, and read through memory because every call needs one. */
export class Queues {
  readonly #store: Store;
  readonly #place: Place;
  readonly #byName = new Map<string, Queue>();

  constructor(store: Store, place: Place) {
    this.#store = store;
    this.#place = place;
    store.define(
      'CREATE TABLE IF NOT EXISTS sqs_queue (name TEXT PRIMARY KEY, attributes TEXT NOT NULL, policy TEXT, created_at_ms INTEGER NOT NULL)',
    );
    for (const row of store.statement('SELECT * FROM sqs_queue').all()) {
      const queue = this.#fromRow(row);
      this.#byName.set(queue.name, queue);
    }
  }

  find(name: string): Queue | null {
    return this.#byName.get(name) ?? null;
  }

  /** @throws QueueDoesNotExist */
  get(name: string): Queue {
    const queue = this.#byName.get(name);
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  findByArn(arn: string): Queue | null {
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    return this.arnOfName(name) === arn ? this.find(name) : null;
  }

  all(): Queue[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  arnOfName(name: string): string {
    return arnOf(this.#place, 'sqs', name);
  }

  /** Call inside a write. */
  save(queue: Queue): void {
    this.#store
      .statement(
        'INSERT INTO sqs_queue (name, attributes, policy, created_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET attributes = excluded.attributes, policy = excluded.policy',
      )
      .run(
        queue.name,
        JSON.stringify(queue.attributes),
        queue.policy === null ? null : JSON.stringify(queue.policy),
        queue.createdAtMs,
      );
    this.#byName.set(queue.name, queue);
  }

  /** Call inside a write. */
  remove(name: string): void {
    this.#store.statement('DELETE FROM sqs_queue WHERE name = ?').run(name);
    this.#byName.delete(name);
  }

  #fromRow(row: Record<string, unknown>): Queue {
    const name = String(row['name']);
    return {
      name,
      arn: this.arnOfName(name),
      attributes: { ...DEFAULT_ATTRIBUTES, ...StoredAttributes.parse(fromJson(row['attributes'])) },
      policy: row['policy'] === null ? null : objectFromJson(row['policy']),
      createdAtMs: Number(row['created_at_ms']),
    };
  }
}

const StoredAttributes = z.object({
  visibilityTimeoutSeconds: z.number(),
  delaySeconds: z.number(),
  retentionSeconds: z.number(),
  receiveWaitSeconds: z.number(),
  maximumMessageBytes: z.number(),
  redrive: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).nullable(),
});

/** `http://any-host/000000000000/intake` names the queue `intake`. */
export function queueNameOfUrl(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}
