import type { Store } from '../kernel/store.ts';

/** Gives each new key within a series the next number, from 1, the same on every boot. */
export function numberSeries(store: Store): (series: string, key: string) => number {
  store.define(
    'CREATE TABLE IF NOT EXISTS boot_series (series TEXT, key TEXT, number INTEGER NOT NULL, PRIMARY KEY (series, key))',
  );
  return (series, key) => {
    const known = store.statement('SELECT number FROM boot_series WHERE series = ? AND key = ?').get(series, key);
    if (known !== undefined) return Number(known['number']);
    const last = store.statement('SELECT MAX(number) AS number FROM boot_series WHERE series = ?').get(series);
    const number = Number(last?.['number'] ?? 0) + 1;
    const insert = store.statement('INSERT INTO boot_series (series, key, number) VALUES (?, ?, ?)');
    store.writeNow(() => insert.run(series, key, number));
    return number;
  };
}
