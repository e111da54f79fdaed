import { type Share, shareOf } from '../../shared/domain/agreement.ts';
import { mean } from './quantile.ts';

/** An answer: how sure it was (0 to 1), and whether it was right. */
export interface Stated {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** Answers of about the same confidence; none of a bin is empty. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly meanConfidence: number;
  readonly right: Share;
}

/** Stated confidence against the share that was right, in bins of equal width, without the empty ones. */
export function reliabilityBins(answers: readonly Stated[], bins = 10): ReliabilityBin[] {
  const binOf = ({ confidence }: Stated): number => Math.min(bins - 1, Math.max(0, Math.floor(confidence * bins)));
  return [...Map.groupBy(answers, binOf)]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, own]) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      meanConfidence: mean(own.map(({ confidence }) => confidence)),
      right: shareOf(own.filter(({ isRight }) => isRight).length, own.length),
    }));
}

/**
 * Expected calibration error: how far confidence is from the share that was right, on average over the answers.
 * Source: M. Naeini, G. Cooper, M. Hauskrecht, AAAI 2015; bins of equal width.
 */
export function expectedCalibrationError(answers: readonly Stated[], bins = 10): number {
  const gaps = reliabilityBins(answers, bins).map(
    ({ meanConfidence, right }) => right.of * Math.abs(meanConfidence - right.agreed / right.of),
  );
  return answers.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / answers.length;
}
