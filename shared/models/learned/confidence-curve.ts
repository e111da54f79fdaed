/** A rising map from raw to calibrated confidence: straight lines between the points, flat beyond them. */
export interface ConfidenceCurve {
  readonly raw: readonly number[];
  readonly calibrated: readonly number[];
}

export interface CheckedConfidence {
  readonly confidence: number;
  readonly isRight: boolean;
  /** Default 1. */
  readonly weight?: number;
}

/**
 * Equal-count bins of the checked rows, neighbours pooled until they rise. `doubt` rows, half of them right, are added to each
 * pool: 0 for large sets, 1 where a faultless handful must not read as certainty.
 */
export function fitCurve(rows: readonly CheckedConfidence[], bins: number, doubt: number): ConfidenceCurve {
  const sorted = [...rows].sort((a, b) => a.confidence - b.confidence);
  const points = Array.from({ length: bins }, (_, bin) => {
    const part = sorted.slice(Math.floor((bin * rows.length) / bins), Math.floor(((bin + 1) * rows.length) / bins));
    const right = sum(part.map((row) => (row.isRight ? (row.weight ?? 1) : 0)));
    return {
      raw: sum(part.map((row) => row.confidence)) / part.length,
      right,
      rows: sum(part.map((row) => row.weight ?? 1)),
    };
  }).filter((point) => point.rows > 0);
  const pools = pool(points.map(({ right, rows: count }) => ({ right, rows: count, bins: 1 })));
  const smoothed = pools.map(({ right, rows: count, bins: own }) => ({
    right: right + doubt / 2,
    rows: count + doubt,
    bins: own,
  }));
  const calibrated = pool(smoothed).flatMap((one) => Array.from({ length: one.bins }, () => one.right / one.rows));
  return { raw: points.map((point) => point.raw), calibrated };
}

export function applyCurve(curve: ConfidenceCurve, confidence: number): number {
  const { raw, calibrated } = curve;
  if (raw.length === 0) return confidence;
  let after = 0;
  while (after < raw.length && (raw[after] as number) < confidence) after++;
  if (after === 0) return calibrated[0] as number;
  if (after === raw.length) return calibrated[raw.length - 1] as number;
  const [x0, x1] = [raw[after - 1] as number, raw[after] as number];
  const [y0, y1] = [calibrated[after - 1] as number, calibrated[after] as number];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (confidence - x0)) / (x1 - x0);
}

interface Pool {
  readonly right: number;
  readonly rows: number;
  readonly bins: number;
}

/** Pool adjacent violators: neighbours that do not rise become one. */
function pool(points: readonly Pool[]): Pool[] {
  const pools: Pool[] = [];
  for (const point of points) {
    let last: Pool = point;
    for (
      let before = pools.at(-1);
      before && before.right / before.rows >= last.right / last.rows;
      before = pools.at(-1)
    ) {
      pools.pop();
      last = { right: before.right + last.right, rows: before.rows + last.rows, bins: before.bins + last.bins };
    }
    pools.push(last);
  }
  return pools;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
