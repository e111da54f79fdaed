import { randomUUID } from 'node:crypto';
import { objectFromJson } from '../inputs/json.ts';
import type { JsonObject } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';

export interface Message {
  readonly seq: number;
  readonly id: string;
  readonly body: string;
  readonly attributes: JsonObject;
  readonly traceHeader: string | null;
  readonly senderId: string;
  readonly sentAtMs: number;
  readonly firstReceivedAtMs: number | null;
  readonly receiveCount: number;
  /** ARN of the queue that gave it up, once it is in a dead-letter queue. */
  readonly sourceArn: string | null;
}

export type NewMessage = Pick<Message, 'body' | 'attributes' | 'traceHeader' | 'senderId'>;

/** The messages of all queues in one table. Everything that changes must be called inside a write. */
export class Messages {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.define(`
      CREATE TABLE IF NOT EXISTS sqs_message (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
        attributes TEXT NOT NULL, trace_header TEXT, sender_id TEXT NOT NULL, sent_at_ms INTEGER NOT NULL,
        visible_at_ms INTEGER NOT NULL, first_received_at_ms INTEGER, receive_count INTEGER NOT NULL DEFAULT 0,
        receipt TEXT, source_arn TEXT);
      CREATE INDEX IF NOT EXISTS sqs_message_by_visibility ON sqs_message (queue, visible_at_ms, seq);
      CREATE INDEX IF NOT EXISTS sqs_message_by_age ON sqs_message (queue, sent_at_ms);`);
  }

  add(queue: string, message: NewMessage, nowMs: number, visibleAtMs: number): string {
    const id = randomUUID();
    this.#store
      .statement(
        'INSERT INTO sqs_message (queue, id, body, attributes, trace_header, sender_id, sent_at_ms, visible_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        queue,
        id,
        message.body,
        JSON.stringify(message.attributes),
        message.traceHeader,
        message.senderId,
        nowMs,
        visibleAtMs,
      );
    return id;
  }

  /** The messages that may be received now, longest visible first. */
  visible(queue: string, nowMs: number, limit: number): Message[] {
    return this.#store
      .statement('SELECT * FROM sqs_message WHERE queue = ? AND visible_at_ms <= ? ORDER BY visible_at_ms, seq LIMIT ?')
      .all(queue, nowMs, limit)
      .map(fromRow);
  }

  /** Hides a message until `visibleAtMs` under a new receipt, which is returned. */
  take(message: Message, nowMs: number, visibleAtMs: number): string {
    const receipt = randomUUID();
    this.#store
      .statement(
        'UPDATE sqs_message SET visible_at_ms = ?, receipt = ?, receive_count = receive_count + 1, first_received_at_ms = coalesce(first_received_at_ms, ?) WHERE seq = ?',
      )
      .run(visibleAtMs, receipt, nowMs, message.seq);
    return receipt;
  }

  /** Gives a message up to its dead-letter queue. Its age goes on counting, as on AWS. */
  giveUp(message: Message, sourceArn: string, deadLetterQueue: string, nowMs: number): void {
    this.#store
      .statement(
        'UPDATE sqs_message SET queue = ?, source_arn = ?, visible_at_ms = ?, receipt = NULL, first_received_at_ms = NULL WHERE seq = ?',
      )
      .run(deadLetterQueue, sourceArn, nowMs, message.seq);
  }

  /** Moves a message as a new one: new id, age and receive count. */
  moveAsNew(message: Message, queue: string, nowMs: number): void {
    this.remove(message.seq);
    this.add(queue, message, nowMs, nowMs);
  }

  /** Deletes the message if the receipt is its latest one; an outdated receipt deletes nothing. */
  removeByReceipt(queue: string, receipt: Receipt): void {
    this.#store
      .statement('DELETE FROM sqs_message WHERE seq = ? AND queue = ? AND receipt = ?')
      .run(receipt.seq, queue, receipt.token);
  }

  /** When the message becomes visible, or null when the receipt is not its latest one. */
  visibleAtMs(queue: string, receipt: Receipt): number | null {
    const row = this.#store
      .statement('SELECT visible_at_ms FROM sqs_message WHERE seq = ? AND queue = ? AND receipt = ?')
      .get(receipt.seq, queue, receipt.token);
    return row === undefined ? null : Number(row['visible_at_ms']);
  }

  show(seq: number, visibleAtMs: number): void {
    this.#store.statement('UPDATE sqs_message SET visible_at_ms = ? WHERE seq = ?').run(visibleAtMs, seq);
  }

  /**
   * Shows every message that was taken and not yet deleted. At a start, whoever took it is gone with the process; a
   * client of another process may see it twice, as it must expect anyway.
   */
  showTaken(nowMs: number): void {
    this.#store
      .statement('UPDATE sqs_message SET visible_at_ms = ? WHERE receipt IS NOT NULL AND visible_at_ms > ?')
      .run(nowMs, nowMs);
  }

  remove(seq: number): void {
    this.#store.statement('DELETE FROM sqs_message WHERE seq = ?').run(seq);
  }

  removeAll(queue: string): void {
    this.#store.statement('DELETE FROM sqs_message WHERE queue = ?').run(queue);
  }

  /** Deletes what was sent before `sentBeforeMs`. */
  expire(queue: string, sentBeforeMs: number): void {
    this.#store.statement('DELETE FROM sqs_message WHERE queue = ? AND sent_at_ms < ?').run(queue, sentBeforeMs);
  }

  /** Messages in the order they came, from behind `afterSeq`. */
  list(queue: string, afterSeq: number, limit: number): Message[] {
    return this.#store
      .statement('SELECT * FROM sqs_message WHERE queue = ? AND seq > ? ORDER BY seq LIMIT ?')
      .all(queue, afterSeq, limit)
      .map(fromRow);
  }

  /** When the next message becomes visible, past or future; null for an empty queue. */
  soonestVisibleAtMs(queue: string): number | null {
    const row = this.#store
      .statement('SELECT visible_at_ms FROM sqs_message WHERE queue = ? ORDER BY visible_at_ms LIMIT 1')
      .get(queue);
    return row === undefined ? null : Number(row['visible_at_ms']);
  }

  counts(queue: string, nowMs: number): MessageCounts {
    const row = this.#store
      .statement(`
        SELECT count(*) AS total, coalesce(sum(visible_at_ms <= ?1), 0) AS visible,
          coalesce(sum(visible_at_ms > ?1 AND receive_count = 0), 0) AS delayed, min(sent_at_ms) AS oldest_at_ms
        FROM sqs_message WHERE queue = ?2`)
      .get(nowMs, queue);
    const visible = Number(row?.['visible'] ?? 0);
    const delayed = Number(row?.['delayed'] ?? 0);
    const oldest = row?.['oldest_at_ms'];
    return {
      visible,
      delayed,
      inFlight: Number(row?.['total'] ?? 0) - visible - delayed,
      oldestAtMs: oldest === null || oldest === undefined ? null : Number(oldest),
    };
  }
}

export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly oldestAtMs: number | null;
}

/** What a receipt handle says. */
export interface Receipt {
  readonly seq: number;
  readonly token: string;
}

function fromRow(row: Record<string, unknown>): Message {
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    body: String(row['body']),
    attributes: objectFromJson(row['attributes']),
    traceHeader: row['trace_header'] === null ? null : String(row['trace_header']),
    senderId: String(row['sender_id']),
    sentAtMs: Number(row['sent_at_ms']),
    firstReceivedAtMs: row['first_received_at_ms'] === null ? null : Number(row['first_received_at_ms']),
    receiveCount: Number(row['receive_count']),
    sourceArn: row['source_arn'] === null ? null : String(row['source_arn']),
  };
}
