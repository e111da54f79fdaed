import { wilsonLower } from '../../domain/wilson.ts';

/** One checked row whose value might be accepted. */
export interface Candidate {
  readonly confidence: number;
  readonly isRight: boolean;
  /** Default 1. */
  readonly weight?: number;
}

export interface Threshold {
  /** Lowest confidence that is accepted. */
  readonly value: number;
  /** Checked rows accepted by it, how many of those were right (by weight), and the lower bound of that share. */
  readonly rows: number;
  readonly accuracy: number;
  readonly bound: number;
}

/** Fewest rows above a threshold that can support a target. */
export function fewestRows(target: number, rows: number): number {
  return Math.max(Math.ceil(5 / (1 - target) - 1e-9), Math.ceil(rows * 0.05));
}

/**
 * Walks from the most confident row down in steps of 2.5 % of `rows` (ties included) and stops at the first step whose lower bound
 * falls below the target; the threshold is that of the step before. Undefined: no step held, suggest only. The fixed order keeps the
 * bound honest: picking the best of all steps would not.
 */
export function findThreshold(candidates: readonly Candidate[], target: number, rows: number): Threshold | undefined {
  const sorted = [...candidates].sort((a, b) => b.confidence - a.confidence);
  const sums = { weight: 0, squares: 0, right: 0 };
  const step = Math.max(1, rows * 0.025);
  let next = fewestRows(target, rows);
  let found: Threshold | undefined;
  for (let i = 0; i < sorted.length; i++) {
    const row = sorted[i] as Candidate;
    const weight = row.weight ?? 1;
    sums.weight += weight;
    sums.squares += weight * weight;
    if (row.isRight) sums.right += weight;
    const isTied = sorted[i + 1]?.confidence === row.confidence;
    const isLast = i === sorted.length - 1;
    if (isTied || (i + 1 < next && !isLast) || i + 1 < fewestRows(target, rows)) continue;
    const accuracy = sums.right / sums.weight;
    const effective = sums.weight ** 2 / sums.squares;
    const bound = wilsonLower(accuracy * effective, effective);
    if (bound < target) break;
    found = { value: row.confidence, rows: i + 1, accuracy, bound };
    while (next <= i + 1) next += step;
  }
  return found;
}
