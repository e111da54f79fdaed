import { wilsonInterval } from '../wilson.ts';

/** What was checked of cases that were drawn alike. */
export interface CheckedStratum {
  /** How many there were to draw from. */
  readonly cases: number;
  /** Those that were drawn and that somebody has answered. */
  readonly checks: readonly { readonly probability: number; readonly isRight: boolean }[];
}

export interface Accuracy {
  /** Estimated share (0..1) of all cases that are right; null where nothing was checked. */
  readonly share: number | null;
  /** The 95 % interval in which the true share lies. */
  readonly lower: number;
  readonly upper: number;
  /** So many cases drawn at random from all would say as much. */
  readonly effective: number;
}

/**
 * True accuracy from a sample in which not every case was equally likely: each checked case stands for as many as one over
 * its probability (Horvitz and Thompson, "A Generalization of Sampling Without Replacement From a Finite Universe", JASA
 * 47, 1952), scaled in each stratum to the number of cases that it has (Cochran, Sampling Techniques, 3rd ed. 1977,
 * chapter 5), so that answers that are missing are taken to be like the others of their stratum. A stratum in which
 * nothing was checked yet is left out.
 *
 * The interval is Wilson's for as many cases as the sample is worth: the smaller of Kish's figure, (sum of weights)^2 over
 * the sum of their squares (Survey Sampling, 1965), and the one that the variance of the stratified estimate comes to, as
 * Korn and Graubard do for proportions near 1 (Survey Methodology 24, 1998), where the usual interval has no width. With
 * equal weights it is the plain Wilson interval: 90 of 100 is 82.6 to 94.5 %. Pure.
 */
export function estimateAccuracy(strata: readonly CheckedStratum[]): Accuracy {
  const known = strata.filter(({ checks }) => checks.length > 0).map(weighted);
  const weight = sum(known.map(({ cases }) => cases));
  if (weight === 0) return { share: null, ...wilsonInterval(0, 0), effective: 0 };
  const share = sum(known.map(({ right }) => right)) / weight;
  const kish = weight ** 2 / sum(known.map(({ squares }) => squares));
  const effective = Math.min(kish, ofVariance(known, share, weight) ?? kish);
  return { share, ...wilsonInterval(share * effective, effective), effective };
}

interface Weighted {
  readonly cases: number;
  /** Sum of the weights of those that are right. */
  readonly right: number;
  readonly squares: number;
  readonly checked: number;
}

/** Weights that sum to the cases of the stratum. */
function weighted({ cases, checks }: CheckedStratum): Weighted {
  const raw = checks.map(({ probability }) => 1 / probability);
  const scale = cases / sum(raw);
  const weights = raw.map((one) => one * scale);
  return {
    cases,
    // Without the rounding of a sum where all of them are right.
    right: checks.every(({ isRight }) => isRight)
      ? cases
      : sum(weights.filter((_, at) => checks[at]?.isRight === true)),
    squares: sum(weights.map((one) => one ** 2)),
    checked: checks.length,
  };
}

/** Null where all checked cases are alike, so that their variance says nothing. */
function ofVariance(strata: readonly Weighted[], share: number, weight: number): number | null {
  const variance = sum(strata.map((stratum) => (stratum.cases / weight) ** 2 * varianceIn(stratum, share)));
  return variance === 0 ? null : (share * (1 - share)) / variance;
}

/** Of the share in one stratum. One case alone says nothing of how much they differ: as much as all together, then. */
function varianceIn({ right, cases, squares, checked }: Weighted, share: number): number {
  const own = right / cases;
  const spread = checked === 1 ? share * (1 - share) : own * (1 - own);
  return (spread * squares) / cases ** 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
