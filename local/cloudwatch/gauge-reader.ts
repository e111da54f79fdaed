import { dimensionsKey, type MetricName, type MetricPoint } from './metric.ts';
import type { MetricPoints } from './points.ts';

const MINUTE_MS = 60_000;
/** Enough for the evaluation range of any usual alarm over gauges. */
const MOST_MINUTES_FILLED = 10;

/**
 * Turns levels into values, one for each minute. Minutes that nobody looked at lie between two looks at which all was
 * zero, and are filled with zeros, so that an alarm that counts periods finds them.
 */
export class GaugeReader {
  readonly #points: MetricPoints;
  readonly #gauges: () => readonly MetricPoint[];
  #lastReadMs: number | null = null;
  #isBusy = false;
  #names: ReadonlySet<string> = new Set();

  constructor(points: MetricPoints, gauges: () => readonly MetricPoint[]) {
    this.#points = points;
    this.#gauges = gauges;
  }

  /** Whether a level was not zero at the last look. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  isGauge(metric: MetricName): boolean {
    return this.#names.has(keyOf(metric));
  }

  /** Call inside a write. A level read at a full minute counts for the minute that ends there. */
  read(minuteMs: number): void {
    const gauges = this.#gauges();
    for (const fillMs of this.#skippedMinutes(minuteMs)) {
      for (const gauge of gauges) this.#points.add({ ...gauge, value: 0, atMs: fillMs - 1 });
    }
    for (const gauge of gauges) this.#points.add({ ...gauge, atMs: minuteMs - 1 });
    this.#isBusy = gauges.some(({ value }) => value !== 0);
    this.#lastReadMs = minuteMs;
    this.#names = new Set(gauges.map(keyOf));
  }

  #skippedMinutes(minuteMs: number): number[] {
    if (this.#lastReadMs === null) return [];
    const skipped = Math.min(MOST_MINUTES_FILLED, (minuteMs - this.#lastReadMs) / MINUTE_MS - 1);
    return Array.from({ length: Math.max(0, skipped) }, (_, index) => minuteMs - (index + 1) * MINUTE_MS);
  }
}

function keyOf({ namespace, metricName, dimensions }: MetricName): string {
  return JSON.stringify([namespace, metricName, dimensionsKey(dimensions)]);
}
