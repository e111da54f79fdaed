import { type Share, shareOf } from '../../shared/domain/agreement.ts';
import type { CaseResult } from '../run/result.ts';
import { mean, quantile } from '../statistics/quantile.ts';

/** What a set of results shows. Every share comes with its n and its 95 % Wilson interval. */
export interface Figures {
  readonly cases: number;
  /** Decided without a person, of all. */
  readonly alone: Share;
  /** Right, of those decided without a person: what gates read. */
  readonly rightAlone: Share;
  /** Right, of all that were answered, whoever decides in the end. */
  readonly right: Share;
  /** The same actions follow as from the right decision, of those decided without a person where that is known. */
  readonly sameActions: Share;
  /** To be corrected, of all: decided alone and wrong, or no answer that could be used. */
  readonly errors: Share;
  readonly failed: Share;
  /** Right, of those that a person was asked about. */
  readonly rightAsked: Share;
  readonly latency: Latency;
  readonly cost: { readonly totalUsd: number; readonly meanUsd: number };
}

/** In milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

export function figuresOf(results: readonly CaseResult[]): Figures {
  const answered = results.filter(({ decision }) => decision !== null);
  const alone = results.filter(({ isAlone }) => isAlone);
  const known = alone.filter(({ sameActions }) => sameActions !== null);
  const took = results.map(({ tookMs }) => tookMs);
  const costs = results.map(({ costUsd }) => costUsd);
  const counted = (of: readonly CaseResult[], isCounted: (result: CaseResult) => boolean): Share =>
    shareOf(of.filter(isCounted).length, of.length);
  return {
    cases: results.length,
    alone: counted(results, ({ isAlone }) => isAlone),
    rightAlone: counted(alone, ({ isRight }) => isRight),
    right: counted(answered, ({ isRight }) => isRight),
    sameActions: counted(known, ({ sameActions }) => sameActions === true),
    errors: counted(results, isError),
    failed: counted(results, hasFailed),
    rightAsked: counted(
      answered.filter(({ isAlone }) => !isAlone),
      ({ isRight }) => isRight,
    ),
    latency: {
      p50: quantile(took, 0.5),
      p95: quantile(took, 0.95),
      p99: quantile(took, 0.99),
      most: Math.max(0, ...took),
    },
    cost: { totalUsd: costs.reduce((sum, usd) => sum + usd, 0), meanUsd: mean(costs) },
  };
}

/** Somebody would have to put it right: the article's "requiring human correction". */
export function isError(result: CaseResult): boolean {
  return hasFailed(result) || (result.isAlone && !result.isRight);
}

export function hasFailed({ status }: CaseResult): boolean {
  return status !== 'answered';
}

/** An action follows that people are told of or asked about. */
export function isStrict({ tiers }: CaseResult): boolean {
  return tiers.some((tier) => tier !== 'autonomous');
}
