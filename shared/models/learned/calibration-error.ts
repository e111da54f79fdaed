import type { CheckedConfidence } from './confidence-curve.ts';

const BINS = 15;

/** Expected calibration error: how far, on average, confidence is from the share that was right, over 15 bins of equal width. */
export function calibrationError(rows: readonly CheckedConfidence[]): number {
  const sums = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0 }));
  for (const { confidence, isRight } of rows) {
    const bin = sums[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    if (!bin) continue;
    bin.confidence += confidence;
    bin.right += isRight ? 1 : 0;
  }
  return sums.reduce((total, bin) => total + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, rows.length);
}
