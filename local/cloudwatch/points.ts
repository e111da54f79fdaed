import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import type { Store } from '../kernel/store.ts';
import { dimensionsKey, type MetricName, type MetricPoint } from './metric.ts';

/** A value with how often it was measured. */
export interface Sample {
  readonly atMs: number;
  readonly value: number;
  readonly count: number;
}

export interface MetricSummary extends MetricName {
  readonly unit: string;
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly latestValue: number;
  readonly latestAtMs: number;
}

/** Every value as it was measured, so that any statistic can be worked out exactly. */
export class MetricPoints {
  readonly #store: Store;
  readonly #ids = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
    store.define(`
      CREATE TABLE IF NOT EXISTS cloudwatch_metric (
        id INTEGER PRIMARY KEY, namespace TEXT NOT NULL, name TEXT NOT NULL, dimensions TEXT NOT NULL,
        UNIQUE (namespace, name, dimensions));
      CREATE TABLE IF NOT EXISTS cloudwatch_point (
        metric INTEGER NOT NULL, at_ms INTEGER NOT NULL, value REAL NOT NULL, count REAL NOT NULL, unit TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS cloudwatch_point_by_time ON cloudwatch_point (metric, at_ms);
      CREATE INDEX IF NOT EXISTS cloudwatch_point_by_age ON cloudwatch_point (at_ms);`);
  }

  /** Call inside a write. */
  add(point: MetricPoint): void {
    this.#store
      .statement('INSERT INTO cloudwatch_point (metric, at_ms, value, count, unit) VALUES (?, ?, ?, ?, ?)')
      .run(this.#idForWrite(point), Math.round(point.atMs), point.value, point.count ?? 1, point.unit ?? 'None');
  }

  /** Values from `fromMs` (included) to `toMs` (excluded) in order of time; of one unit, or of all for null. */
  samples(metric: MetricName, fromMs: number, toMs: number, unit: string | null): Sample[] {
    const id = this.#find(metric);
    if (id === null) return [];
    return this.#store
      .statement(
        'SELECT at_ms, value, count FROM cloudwatch_point WHERE metric = ?1 AND at_ms >= ?2 AND at_ms < ?3 AND (?4 IS NULL OR unit = ?4) ORDER BY at_ms',
      )
      .all(id, fromMs, toMs, unit)
      .map((row) => ({ atMs: Number(row['at_ms']), value: Number(row['value']), count: Number(row['count']) }));
  }

  list(): MetricName[] {
    return this.#store
      .statement('SELECT namespace, name, dimensions FROM cloudwatch_metric ORDER BY namespace, name, id')
      .all()
      .map(nameFromRow);
  }

  /** Every metric with its values of all time, for people to look at. */
  summaries(): MetricSummary[] {
    return this.#store
      .statement(`
        SELECT m.namespace, m.name, m.dimensions, p.unit, sum(p.count) AS n, sum(p.value * p.count) AS total,
          min(p.value) AS low, max(p.value) AS high, p.value AS latest, max(p.at_ms) AS latest_at_ms
        FROM cloudwatch_point p JOIN cloudwatch_metric m ON m.id = p.metric GROUP BY p.metric
        ORDER BY m.namespace, m.name, m.id`)
      .all()
      .map((row) => ({
        ...nameFromRow(row),
        unit: String(row['unit']),
        sampleCount: Number(row['n']),
        sum: Number(row['total']),
        minimum: Number(row['low']),
        maximum: Number(row['high']),
        latestValue: Number(row['latest']),
        latestAtMs: Number(row['latest_at_ms']),
      }));
  }

  /** The minutes since the epoch in which a metric has values, or such as are not zero, from `fromMs` on. */
  minutes(metric: MetricName, fromMs: number, which: 'all' | 'not-zero'): number[] {
    const id = this.#find(metric);
    if (id === null) return [];
    return this.#store
      .statement(
        'SELECT DISTINCT at_ms / 60000 AS minute FROM cloudwatch_point WHERE metric = ? AND at_ms >= ? AND (? OR value <> 0)',
      )
      .all(id, fromMs, which === 'all' ? 1 : 0)
      .map((row) => Number(row['minute']));
  }

  /** Call inside a write. */
  removeBefore(beforeMs: number): void {
    this.#store.statement('DELETE FROM cloudwatch_point WHERE at_ms < ?').run(beforeMs);
  }

  #find(metric: MetricName): number | null {
    const dimensions = dimensionsKey(metric.dimensions);
    const key = `${metric.namespace}\n${metric.metricName}\n${dimensions}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const row = this.#store
      .statement('SELECT id FROM cloudwatch_metric WHERE namespace = ? AND name = ? AND dimensions = ?')
      .get(metric.namespace, metric.metricName, dimensions);
    if (row === undefined) return null;
    this.#ids.set(key, Number(row['id']));
    return Number(row['id']);
  }

  #idForWrite(metric: MetricName): number {
    const known = this.#find(metric);
    if (known !== null) return known;
    const { lastInsertRowid } = this.#store
      .statement('INSERT INTO cloudwatch_metric (namespace, name, dimensions) VALUES (?, ?, ?)')
      .run(metric.namespace, metric.metricName, dimensionsKey(metric.dimensions));
    return Number(lastInsertRowid);
  }
}

const StoredDimensions = z.array(z.tuple([z.string(), z.string()]));

function nameFromRow(row: Record<string, unknown>): MetricName {
  return {
    namespace: String(row['namespace']),
    metricName: String(row['name']),
    dimensions: Object.fromEntries(StoredDimensions.parse(fromJson(row['dimensions']))),
  };
}
