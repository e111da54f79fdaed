import type { Store } from '../../kernel/store.ts';

/** All tables share these three. Keys are order-preserving bytes; a table or index without a sort key has empty ones. */
export function defineSchema(store: Store): void {
  store.define(`
    CREATE TABLE IF NOT EXISTS dynamodb_tables (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      created_at_ms INTEGER NOT NULL,
      definition TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS dynamodb_items (
      id INTEGER PRIMARY KEY,
      table_id INTEGER NOT NULL,
      hash BLOB NOT NULL,
      range BLOB NOT NULL,
      size_bytes INTEGER NOT NULL,
      expires_at_s INTEGER,
      item TEXT NOT NULL
    );
    CREATE UNIQUE INDEX IF NOT EXISTS dynamodb_items_by_key ON dynamodb_items (table_id, hash, range);
    CREATE INDEX IF NOT EXISTS dynamodb_items_by_expiry ON dynamodb_items (expires_at_s) WHERE expires_at_s IS NOT NULL;
    CREATE TABLE IF NOT EXISTS dynamodb_index_entries (
      table_id INTEGER NOT NULL,
      index_id INTEGER NOT NULL,
      index_hash BLOB NOT NULL,
      index_range BLOB NOT NULL,
      hash BLOB NOT NULL,
      range BLOB NOT NULL,
      item_id INTEGER NOT NULL,
      PRIMARY KEY (table_id, index_id, index_hash, index_range, hash, range)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS dynamodb_transactions (
      token TEXT PRIMARY KEY,
      digest TEXT NOT NULL,
      expires_at_ms INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS dynamodb_transactions_by_expiry ON dynamodb_transactions (expires_at_ms);
  `);
}
