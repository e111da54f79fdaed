import type { Gates } from '../shared/authoring/index.ts';
import type { Share } from '../shared/domain/agreement.ts';
import type { CaseResult } from './run/result.ts';
import { type Figures, figuresOf, isStrict } from './score/figures.ts';

/** What has to be shown before a workflow acts by itself. Accuracy and errors are the workflow's own, where it says more. */
export interface EvaluationGates {
  /** Lower end of the interval, decisions from which small actions alone follow. */
  readonly accuracy: number;
  /** The same where an action is notify or approve. */
  readonly strictAccuracy: number;
  readonly minimumDecisions: number;
  /** Share of all cases, at most; the plain share. */
  readonly errors: number;
  /** Share of all cases, at least; the plain share. */
  readonly coverage: number;
  /** Of the 95th of a hundred cases. */
  readonly latencyMs: number;
}

const STRICT_ACCURACY = 0.95;
const COVERAGE = 0.5;
const LATENCY_MS = 30_000;

export function evaluationGates({ agreement, errors, minimumDecisions }: Gates): EvaluationGates {
  return {
    accuracy: agreement,
    strictAccuracy: Math.max(agreement, STRICT_ACCURACY),
    ...{ minimumDecisions, errors, coverage: COVERAGE, latencyMs: LATENCY_MS },
  };
}

export interface GateResult {
  readonly id: 'accuracy' | 'strict-accuracy' | 'errors' | 'coverage' | 'latency';
  readonly title: string;
  readonly passes: boolean;
  /** What was measured: a share, or milliseconds for `latency`. */
  readonly share: Share | null;
  readonly valueMs: number | null;
  readonly wanted: number;
  /** Which end has to reach what is wanted. */
  readonly reads: 'lower end' | 'plain share' | 'p95';
  /** Why it passes or not, one sentence. */
  readonly because: string;
}

/** Gate by gate. Where no decision of a kind was made alone, there is no gate for that kind, and without any none passes. */
export function gateResults(
  results: readonly CaseResult[],
  figures: Figures,
  gates: EvaluationGates,
): readonly GateResult[] {
  const alone = results.filter(({ isAlone }) => isAlone);
  const strict = alone.filter(isStrict);
  const small = alone.filter((result) => !isStrict(result));
  const of = (own: readonly CaseResult[]): Share => figuresOf(own).rightAlone;
  return [
    ...(small.length === 0 && strict.length > 0 ? [] : [smallGate(small, of(small), gates)]),
    ...(strict.length === 0 ? [] : [accuracyGate('strict-accuracy', of(strict), gates)]),
    errorGate(figures.errors, gates),
    coverageGate(figures.alone, gates),
    latencyGate(figures.latency.p95, gates),
  ];
}

const ACCURACY_TITLES = {
  accuracy: 'Right where small actions follow',
  'strict-accuracy': 'Right where people are told or asked',
} as const;

/** Where one agent is measured alone, no action follows, small or not. */
function smallGate(small: readonly CaseResult[], share: Share, gates: EvaluationGates): GateResult {
  const gate = accuracyGate('accuracy', share, gates);
  const isOfActions = small.length === 0 || small.some(({ tiers }) => tiers.length > 0);
  return isOfActions ? gate : { ...gate, title: 'Right without a person' };
}

function accuracyGate(
  id: 'accuracy' | 'strict-accuracy',
  share: Share,
  { accuracy, strictAccuracy, minimumDecisions }: EvaluationGates,
): GateResult {
  const wanted = id === 'accuracy' ? accuracy : strictAccuracy;
  const isEnough = share.of >= minimumDecisions;
  const passes = isEnough && share.lower >= wanted;
  const seen = `${share.agreed} of ${share.of} are right`;
  const because = isEnough
    ? `${seen}; the lower end of the interval is ${inPercent(share.lower)}, ${inPercent(wanted)} is wanted.`
    : `${seen}; it takes ${minimumDecisions} decisions to say anything.`;
  return {
    ...{ id, title: ACCURACY_TITLES[id], passes, share, valueMs: null, wanted, reads: 'lower end', because },
  };
}

function errorGate(share: Share, { errors }: EvaluationGates): GateResult {
  const value = plain(share);
  const because = `${share.agreed} of ${share.of} cases would have to be corrected (${inPercent(value)}); less than ${inPercent(errors)} is wanted.`;
  return {
    ...{ id: 'errors', title: 'To be corrected afterwards', passes: share.of > 0 && value < errors, share },
    ...{ valueMs: null, wanted: errors, reads: 'plain share', because },
  };
}

function coverageGate(share: Share, { coverage }: EvaluationGates): GateResult {
  const value = plain(share);
  const because = `${share.agreed} of ${share.of} cases are decided without a person (${inPercent(value)}); more than ${inPercent(coverage)} is wanted.`;
  return {
    ...{ id: 'coverage', title: 'Decided without a person', passes: value > coverage, share },
    ...{ valueMs: null, wanted: coverage, reads: 'plain share', because },
  };
}

function latencyGate(p95: number, { latencyMs }: EvaluationGates): GateResult {
  const because = `95 of 100 cases are decided within ${inSeconds(p95)}; less than ${inSeconds(latencyMs)} is wanted.`;
  return {
    ...{ id: 'latency', title: 'Time to the decision', passes: p95 < latencyMs, share: null, valueMs: p95 },
    ...{ wanted: latencyMs, reads: 'p95', because },
  };
}

function plain({ agreed, of }: Share): number {
  return of === 0 ? 0 : agreed / of;
}

/** `92.5 %` */
export function inPercent(share: number): string {
  return `${(Math.round(share * 1_000) / 10).toFixed(1)} %`;
}

/** `0.34 s`, `28 s` */
export function inSeconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1_000).toFixed(2)} s` : `${Math.round(ms / 1_000)} s`;
}
