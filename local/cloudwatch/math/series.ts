/** Values by the start of their period, in milliseconds. */
export type Series = ReadonlyMap<number, number>;

/** What an expression comes to: a number, a time series, several of them, or a text. */
export type MathValue =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'series'; readonly series: Series }
  | { readonly kind: 'array'; readonly items: readonly Series[] }
  | { readonly kind: 'text'; readonly text: string };

export function scalar(value: number): MathValue {
  return { kind: 'scalar', value };
}

export function seriesValue(entries: Iterable<readonly [number, number]>): MathValue {
  return { kind: 'series', series: seriesOf(entries) };
}

/** What cannot be worked out (a division by zero) is no data point. */
export function seriesOf(entries: Iterable<readonly [number, number]>): Series {
  const series = new Map<number, number>();
  for (const [atMs, value] of entries) if (Number.isFinite(value)) series.set(atMs, value);
  return series;
}

export function mapSeries(series: Series, change: (value: number, atMs: number) => number): Series {
  return seriesOf([...series].map(([atMs, value]) => [atMs, change(value, atMs)] as const));
}

/** All times at which one of the series has a value, in order. */
export function timesOf(items: readonly Series[]): number[] {
  return [...new Set(items.flatMap((series) => [...series.keys()]))].sort((a, b) => a - b);
}
