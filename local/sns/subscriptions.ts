import { createHash } from 'node:crypto';
import { notBuilt } from '../kernel/errors.ts';
import type { Store } from '../kernel/store.ts';

const PROTOCOLS = ['email', 'email-json', 'sqs', 'lambda'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** The message alone, without the envelope; for queues. */
  readonly isRaw: boolean;
  readonly isFromTemplate: boolean;
}

/** Subscriptions on disk, confirmed as soon as they are made. Everything that changes must be called inside a write. */
export class Subscriptions {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.define(`
      CREATE TABLE IF NOT EXISTS sns_subscription (
        arn TEXT PRIMARY KEY, topic TEXT NOT NULL, protocol TEXT NOT NULL, endpoint TEXT NOT NULL,
        is_raw INTEGER NOT NULL, is_from_template INTEGER NOT NULL)`);
  }

  find(arn: string): Subscription | null {
    const row = this.#store.statement('SELECT * FROM sns_subscription WHERE arn = ?').get(arn);
    return row === undefined ? null : fromRow(row);
  }

  all(): Subscription[] {
    return this.#store.statement('SELECT * FROM sns_subscription ORDER BY rowid').all().map(fromRow);
  }

  of(topicArn: string): Subscription[] {
    return this.all().filter((subscription) => subscription.topicArn === topicArn);
  }

  save(subscription: Subscription): void {
    this.#store
      .statement(
        'INSERT INTO sns_subscription (arn, topic, protocol, endpoint, is_raw, is_from_template) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (arn) DO UPDATE SET is_raw = excluded.is_raw, is_from_template = excluded.is_from_template',
      )
      .run(
        subscription.arn,
        subscription.topicArn,
        subscription.protocol,
        subscription.endpoint,
        subscription.isRaw ? 1 : 0,
        subscription.isFromTemplate ? 1 : 0,
      );
  }

  remove(arn: string): void {
    this.#store.statement('DELETE FROM sns_subscription WHERE arn = ?').run(arn);
  }
}

/** The same topic, protocol and endpoint are the same subscription. */
export function subscriptionArn(topicArn: string, protocol: string, endpoint: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([topicArn, protocol, endpoint]))
    .digest('hex');
  const uuid = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)];
  return `${topicArn}:${uuid.join('-')}`;
}

/** Protocols that are not built are refused. */
export function readProtocol(protocol: string): Protocol {
  const known = PROTOCOLS.find((name) => name === protocol);
  if (known === undefined) throw notBuilt('SNS', `protocol ${protocol}`);
  return known;
}

function fromRow(row: Record<string, unknown>): Subscription {
  return {
    arn: String(row['arn']),
    topicArn: String(row['topic']),
    protocol: readProtocol(String(row['protocol'])),
    endpoint: String(row['endpoint']),
    isRaw: row['is_raw'] === 1,
    isFromTemplate: row['is_from_template'] === 1,
  };
}
