import type { Label } from './contract.ts';

/** What a field's model said of an example that it had not seen. */
export interface Outcome {
  /** Position among the examples. */
  readonly row: number;
  readonly value: Label | null;
  readonly expected: Label | null;
  /** Confidence before the curve. */
  readonly raw: number;
  readonly isRight: boolean;
  /** Might be decided alone: neither out of scope nor a label with too few examples. */
  readonly isAcceptable: boolean;
}

/** Fewer known out-of-scope examples than this say nothing about their share. */
export const FEWEST_OUT_OF_SCOPE = 50;

const LEAST_SHARE = 0.05;

/** Weights that give out-of-scope rows the declared share of the traffic; 1 for all where none are known. */
export function shareWeights(outcomes: readonly Outcome[], declared: number | undefined): (outcome: Outcome) => number {
  const outside = outcomes.filter(({ expected }) => expected === null).length;
  const inside = outcomes.length - outside;
  if (outside === 0 || inside === 0) return () => 1;
  const share = declared ?? Math.max(LEAST_SHARE, outside / outcomes.length);
  const weight = (share * inside) / ((1 - share) * outside);
  return ({ expected }) => (expected === null ? weight : 1);
}
