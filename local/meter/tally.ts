import type { Store } from '../kernel/store.ts';

/** Time between two writes of what was counted; a crash loses at most this much of the count. */
const FLUSH_EVERY_MS = 1000;

/** Counts per trace and item, gathered in memory and written together, so that counting never waits for the disk. */
export class Tally {
  readonly #store: Store;
  #pending = new Map<string, Map<string, number>>();
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(store: Store) {
    this.#store = store;
    store.define(
      'CREATE TABLE IF NOT EXISTS meter (trace TEXT, item TEXT, quantity REAL NOT NULL, PRIMARY KEY (trace, item)) WITHOUT ROWID',
    );
  }

  add(trace: string, item: string, quantity: number): void {
    let items = this.#pending.get(trace);
    if (items === undefined) {
      items = new Map();
      this.#pending.set(trace, items);
    }
    items.set(item, (items.get(item) ?? 0) + quantity);
    if (!this.#isStopped) this.#timer ??= setTimeout(() => this.#flushLater(), FLUSH_EVERY_MS).unref();
  }

  /** What was counted for these traces, or for all of them. */
  sums(traces: readonly string[] | 'all'): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    const add = (item: string, quantity: number): void => void sums.set(item, (sums.get(item) ?? 0) + quantity);
    for (const row of this.#rows(traces)) add(String(row['item']), Number(row['quantity']));
    for (const [trace, items] of this.#pending) {
      if (traces !== 'all' && !traces.includes(trace)) continue;
      for (const [item, quantity] of items) add(item, quantity);
    }
    return sums;
  }

  /** Writes what is gathered, for the last time. */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#store.writeNow(() => this.#save());
  }

  #flushLater(): void {
    this.#timer = null;
    void this.#store.write(() => this.#save()).catch((error) => console.error('The meter cannot write:', error));
  }

  #save(): void {
    const upsert = this.#store.statement(
      'INSERT INTO meter (trace, item, quantity) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity',
    );
    for (const [trace, items] of this.#pending) {
      for (const [item, quantity] of items) upsert.run(trace, item, quantity);
    }
    this.#pending = new Map();
  }

  #rows(traces: readonly string[] | 'all'): Iterable<Record<string, unknown>> {
    if (traces === 'all') {
      return this.#store.statement('SELECT item, SUM(quantity) AS quantity FROM meter GROUP BY item').all();
    }
    return traces.flatMap((trace) =>
      this.#store.statement('SELECT item, quantity FROM meter WHERE trace = ?').all(trace),
    );
  }
}
