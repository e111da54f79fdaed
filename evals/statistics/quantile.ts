/**
 * The value below which a share of the values lies, between two values by straight line: definition 7 of R. Hyndman, Y. Fan,
 * Sample Quantiles in Statistical Packages (1996), which R and NumPy take too. 0 where there is no value.
 * @param share 0 to 1
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

/** The middle by sum; 0 where there is no value. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
