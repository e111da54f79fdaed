import type { Store } from '../kernel/store.ts';

export type SuppressionReason = 'BOUNCE' | 'COMPLAINT';

export interface Suppressed {
  readonly address: string;
  readonly reason: SuppressionReason;
  readonly updatedAtMs: number;
}

/** The account's suppression list: addresses that mail is accepted for but never delivered to. */
export class SuppressionList {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.define(
      'CREATE TABLE IF NOT EXISTS ses_suppressed (address TEXT PRIMARY KEY, reason TEXT NOT NULL, updated_at_ms INTEGER NOT NULL)',
    );
  }

  /** Call inside a write. */
  put(address: string, reason: SuppressionReason, nowMs: number): void {
    this.#store
      .statement(
        'INSERT INTO ses_suppressed (address, reason, updated_at_ms) VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET reason = excluded.reason, updated_at_ms = excluded.updated_at_ms',
      )
      .run(address.toLowerCase(), reason, nowMs);
  }

  /** Call inside a write. */
  remove(address: string): void {
    this.#store.statement('DELETE FROM ses_suppressed WHERE address = ?').run(address.toLowerCase());
  }

  find(address: string): Suppressed | null {
    const row = this.#store.statement('SELECT * FROM ses_suppressed WHERE address = ?').get(address.toLowerCase());
    return row === undefined ? null : fromRow(row);
  }

  all(): Suppressed[] {
    return this.#store.statement('SELECT * FROM ses_suppressed ORDER BY address').all().map(fromRow);
  }
}

function fromRow(row: Record<string, unknown>): Suppressed {
  return {
    address: String(row['address']),
    reason: row['reason'] === 'COMPLAINT' ? 'COMPLAINT' : 'BOUNCE',
    updatedAtMs: Number(row['updated_at_ms']),
  };
}
