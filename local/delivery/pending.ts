import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import type { Caller, JsonObject } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';

/** One call to make, and what to do when it fails. */
export interface Delivery {
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly caller: Caller;
  /** Retries after the first attempt. */
  readonly maxRetries: number;
  /** How long after it was accepted an attempt may still be made. */
  readonly maxAgeMs: number;
  readonly deadLetter: DeadLetter;
}

export interface DeadLetter {
  /** null: what cannot be delivered is dropped. */
  readonly queueArn: string | null;
  /** Who puts it there. */
  readonly caller: Caller;
  /** The event as the dead-letter queue is to get it. */
  readonly body: string;
  /** What it is about, as message attributes: `RULE_ARN`, `TARGET_ARN`. */
  readonly about: Readonly<Record<string, string>>;
}

export interface Pending {
  readonly id: number;
  readonly delivery: Delivery;
  readonly attempts: number;
  readonly acceptedAtMs: number;
}

/** Deliveries on disk. Everything that changes must be called inside a write. */
export class PendingDeliveries {
  readonly #store: Store;
  readonly #owner: string;

  constructor(store: Store, owner: string) {
    this.#store = store;
    this.#owner = owner;
    store.define(`
      CREATE TABLE IF NOT EXISTS delivery (
        id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, delivery TEXT NOT NULL, attempts INTEGER NOT NULL,
        accepted_at_ms INTEGER NOT NULL, next_at_ms INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS delivery_by_owner ON delivery (owner, next_at_ms);`);
  }

  add(delivery: Delivery, nowMs: number): number {
    const { lastInsertRowid } = this.#store
      .statement('INSERT INTO delivery (owner, delivery, attempts, accepted_at_ms, next_at_ms) VALUES (?, ?, 0, ?, ?)')
      .run(this.#owner, JSON.stringify(delivery), nowMs, nowMs);
    return Number(lastInsertRowid);
  }

  find(id: number): Pending | null {
    const row = this.#store.statement('SELECT * FROM delivery WHERE id = ?').get(id);
    if (row === undefined) return null;
    return {
      id,
      delivery: StoredDelivery.parse(fromJson(row['delivery'])),
      attempts: Number(row['attempts']),
      acceptedAtMs: Number(row['accepted_at_ms']),
    };
  }

  postpone(id: number, attempts: number, nextAtMs: number): void {
    this.#store.statement('UPDATE delivery SET attempts = ?, next_at_ms = ? WHERE id = ?').run(attempts, nextAtMs, id);
  }

  remove(id: number): void {
    this.#store.statement('DELETE FROM delivery WHERE id = ?').run(id);
  }

  /** When each is due, soonest first. */
  schedule(): { readonly id: number; readonly nextAtMs: number }[] {
    return this.#store
      .statement('SELECT id, next_at_ms FROM delivery WHERE owner = ? ORDER BY next_at_ms, id')
      .all(this.#owner)
      .map((row) => ({ id: Number(row['id']), nextAtMs: Number(row['next_at_ms']) }));
  }
}

const StoredCaller = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('role'),
    roleArn: z.string(),
    sessionName: z.string(),
    traceId: z.string().nullable(),
  }),
  z.object({ kind: z.literal('service'), service: z.string(), sourceArn: z.string(), traceId: z.string().nullable() }),
  z.object({ kind: z.literal('operator'), traceId: z.string().nullable() }),
]);

const StoredDelivery = z.object({
  service: z.string(),
  operation: z.string(),
  input: z.record(z.string(), z.json()),
  caller: StoredCaller,
  maxRetries: z.number(),
  maxAgeMs: z.number(),
  deadLetter: z.object({
    queueArn: z.string().nullable(),
    caller: StoredCaller,
    body: z.string(),
    about: z.record(z.string(), z.string()),
  }),
});
