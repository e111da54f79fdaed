/** What is measured: a name in a namespace, for one set of dimensions. */
export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** One measured value. */
export interface MetricPoint extends MetricName {
  readonly value: number;
  /** How often it was measured; default 1. */
  readonly count?: number;
  /** `Count`, `Milliseconds`; default `None`. */
  readonly unit?: string;
  readonly atMs: number;
}

/** The same dimensions in any order are the same metric. */
export function dimensionsKey(dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)));
}
