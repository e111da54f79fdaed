import type { Store } from '../kernel/store.ts';

/** Which trace an execution runs under, by its name. */
export class ExecutionTraces {
  readonly #store: Store;
  readonly #traces = new Map<string, string>();

  constructor(store: Store) {
    this.#store = store;
    store.define(
      'CREATE TABLE IF NOT EXISTS meter_executions (name TEXT PRIMARY KEY, trace TEXT NOT NULL) WITHOUT ROWID',
    );
    store.define('CREATE INDEX IF NOT EXISTS meter_executions_by_trace ON meter_executions (trace)');
  }

  name(name: string, traceId: string): void {
    if (this.traceOf(name) !== null) return;
    this.#traces.set(name, traceId);
    const insert = this.#store.statement('INSERT OR IGNORE INTO meter_executions (name, trace) VALUES (?, ?)');
    void this.#store
      .write(() => insert.run(name, traceId))
      .then(
        () => this.#traces.delete(name),
        (error) => console.error('The meter cannot write:', error),
      );
  }

  isTaken(traceId: string, exceptName: string): boolean {
    for (const [name, trace] of this.#traces) if (trace === traceId && name !== exceptName) return true;
    const sql = 'SELECT 1 FROM meter_executions WHERE trace = ? AND name <> ? LIMIT 1';
    return this.#store.statement(sql).get(traceId, exceptName) !== undefined;
  }

  traceOf(name: string): string | null {
    const pending = this.#traces.get(name);
    if (pending !== undefined) return pending;
    const row = this.#store.statement('SELECT trace FROM meter_executions WHERE name = ?').get(name);
    return row === undefined ? null : String(row['trace']);
  }
}
