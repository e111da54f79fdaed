import type { Store } from '../kernel/store.ts';

/** Traces that count to another one, as that of an answer does to the case it is for. */
export class JoinedTraces {
  readonly #store: Store;
  readonly #pending = new Map<string, string>();

  constructor(store: Store) {
    this.#store = store;
    store.define(
      'CREATE TABLE IF NOT EXISTS meter_joined (trace TEXT PRIMARY KEY, into_trace TEXT NOT NULL) WITHOUT ROWID',
    );
    store.define('CREATE INDEX IF NOT EXISTS meter_joined_into ON meter_joined (into_trace)');
  }

  join(traceId: string, toTraceId: string): void {
    if (this.#pending.has(traceId)) return;
    this.#pending.set(traceId, toTraceId);
    const insert = this.#store.statement('INSERT OR IGNORE INTO meter_joined (trace, into_trace) VALUES (?, ?)');
    void this.#store
      .write(() => insert.run(traceId, toTraceId))
      .then(
        () => this.#pending.delete(traceId),
        (error) => console.error('The meter cannot write:', error),
      );
  }

  of(traceId: string): readonly string[] {
    const rows = this.#store.statement('SELECT trace FROM meter_joined WHERE into_trace = ?').all(traceId);
    const pending = [...this.#pending].filter(([, into]) => into === traceId).map(([trace]) => trace);
    return [...new Set([...rows.map((row) => String(row['trace'])), ...pending])];
  }
}
