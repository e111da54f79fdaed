import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';

export function math(expression: string, period: Duration, usingMetrics: Record<string, IMetric>): MathExpression {
  return new MathExpression({ expression, period, usingMetrics });
}

export interface Share {
  /** One metric by its name in the expression: what is counted of `all`. */
  readonly bad: Readonly<Record<string, IMetric>>;
  readonly all: Readonly<Record<string, IMetric>>;
  /** Of how many the share says something. */
  readonly least: number;
  /** So many bad ones say something even of fewer, or of those that came before the window; default none do. */
  readonly enoughBad?: number;
}

/**
 * Percent of all that went bad within the window, which slides; 0 while too few came to tell, so that one of one is no
 * alarm. What went bad may have come before the window: without any that came in it, it is all of them.
 */
export function percentOf(window: Duration, { bad, all, least, enoughBad }: Share): MathExpression {
  const [badCount, allCount] = [bad, all].map((metric) => `FILL(${Object.keys(metric).join()}, 0)`);
  const isTold = `${allCount} >= ${least}${enoughBad === undefined ? '' : ` OR ${badCount} >= ${enoughBad}`}`;
  const percent = `IF(${allCount} > 0, 100 * ${badCount} / ${allCount}, 100)`;
  return math(`IF(${isTold}, ${percent}, 0)`, window, { ...bad, ...all });
}
