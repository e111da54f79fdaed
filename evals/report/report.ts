import type { Workflow } from '../../shared/authoring/index.ts';
import type { Json } from '../../shared/contracts/index.ts';
import { type Share, shareOf } from '../../shared/domain/agreement.ts';
import { type Comparison, compareRuns } from '../compare/compare.ts';
import type { Earlier } from '../compare/earlier.ts';
import { type EvaluationGates, evaluationGates, type GateResult, gateResults } from '../gates.ts';
import type { Labelled } from '../run/labelled.ts';
import type { CaseResult } from '../run/result.ts';
import { type FieldCalibration, fieldCalibrations } from '../score/calibrations.ts';
import { type FailureContext, type FailureGroup, failureGroups, worstFailures } from '../score/failures.ts';
import { type Figures, figuresOf } from '../score/figures.ts';
import { kindSlices, type Slice, segmentSlices } from '../score/slices.ts';
import { accuracyCoverage, type CurvePoint, thresholdFor } from '../statistics/accuracy-coverage.ts';
import { bootstrapInterval, type Interval } from '../statistics/bootstrap.ts';
import { type Confusion, confusionOf } from '../statistics/confusion.ts';
import { mean } from '../statistics/quantile.ts';
import { expectedCalibrationError, type ReliabilityBin, reliabilityBins } from '../statistics/reliability.ts';

export const REPORT_FORMAT = 'remit evaluation 1';

/** All that an evaluation showed: what report.json holds and the page tells. */
export interface Report {
  readonly format: typeof REPORT_FORMAT;
  readonly about: About;
  readonly passes: boolean;
  readonly gates: readonly GateResult[];
  readonly wanted: EvaluationGates;
  readonly figures: Figures;
  readonly cost: MonthlyCost;
  /** Field by field, of all answers. */
  readonly fields: readonly (Share & { readonly field: string })[];
  readonly segments: readonly (Slice & { readonly gates: readonly GateResult[] })[];
  readonly kinds: readonly { readonly by: string; readonly slices: readonly Slice[] }[];
  readonly calibration: {
    readonly answers: number;
    readonly error: number;
    readonly bins: readonly ReliabilityBin[];
    /** Tier by tier and field by field. */
    readonly parts: readonly FieldCalibration[];
  };
  readonly curve: {
    readonly points: readonly CurvePoint[];
    readonly target: number;
    readonly threshold: CurvePoint | null;
  };
  readonly confusions: readonly Confusion[];
  readonly failures: readonly FailureGroup[];
  /** Decided alone and wrong, the surest first, with what the agent saw. */
  readonly worst: readonly WorstCase[];
  readonly comparison: Comparison | null;
  /** Of the agents, as they were measured. */
  readonly instructions: string;
  /** Rows that were taken out later, because the person of them had to be forgotten. The figures are those of all. */
  readonly removed: number;
  readonly cases: readonly CaseResult[];
}

/** What was run, and how it is kept honest. */
export interface About {
  readonly workflow: string;
  readonly title: string;
  readonly summary: string;
  /** Digest of the workflow's version, as a deploy of this tree has it. */
  readonly version: string;
  readonly set: string;
  readonly setDigest: string;
  readonly examples: number;
  /** Left out because the learned model was trained on them. */
  readonly seen: readonly string[];
  /** Not run, because the money was spent. */
  readonly notRun: readonly string[];
  readonly tiers: readonly string[];
  readonly models: readonly string[];
  /** How it is made sure that nothing is scored by a model that was trained on it. */
  readonly honesty: string;
  readonly minimumConfidence: number;
  readonly concurrency: number;
  readonly startedAtMs: number;
  readonly tookMs: number;
  readonly node: string;
}

export interface MonthlyCost {
  readonly perDecisionUsd: number;
  readonly interval: Interval | null;
  readonly volume: number;
  readonly perMonthUsd: number;
}

export interface WorstCase {
  readonly result: CaseResult;
  readonly input: Json;
  readonly sources: Json;
  readonly note: string | null;
}

export interface ReportInput extends Omit<FailureContext, 'workflowId'> {
  readonly about: About;
  readonly workflow: Workflow;
  readonly examples: readonly Labelled[];
  readonly results: readonly CaseResult[];
  readonly volume: number;
  readonly against: readonly Earlier[] | null;
  readonly instructions?: string;
}

const MOST_WORST = 20;

export function reportOf(input: ReportInput): Report {
  const { about, workflow, examples, results, volume, against } = input;
  const wanted = evaluationGates(workflow.rollout.gates);
  const figures = figuresOf(results);
  const gates = gateResults(results, figures, wanted);
  const answers = results.filter(({ decision }) => decision !== null);
  const points = accuracyCoverage(answers, results.length);
  const target = hasStrictActions(workflow) ? wanted.strictAccuracy : wanted.accuracy;
  return {
    ...{ format: REPORT_FORMAT, about, wanted, figures, gates },
    passes: gates.every(({ passes }) => passes) && about.notRun.length === 0,
    cost: monthlyCost(results, volume),
    fields: fieldShares(answers),
    segments: segmentSlices(workflow, results).map((slice) => ({
      ...slice,
      gates: gatesOf(slice.id, results, wanted),
    })),
    kinds: kindSlices(workflow, examples, results),
    calibration: {
      answers: answers.length,
      error: expectedCalibrationError(answers),
      bins: reliabilityBins(answers),
      parts: fieldCalibrations(answers),
    },
    curve: { points, target, threshold: thresholdFor(points, target, wanted.minimumDecisions) },
    confusions: confusions(answers),
    failures: failureGroups(results, { ...input, workflowId: workflow.id }),
    worst: worstFailures(results)
      .slice(0, MOST_WORST)
      .flatMap((result) => worstCase(result, examples)),
    comparison: against === null ? null : compareRuns(against, results),
    instructions: input.instructions ?? '',
    removed: 0,
    cases: results,
  };
}

function gatesOf(segment: string, results: readonly CaseResult[], wanted: EvaluationGates): readonly GateResult[] {
  const own = results.filter((result) => (result.segment ?? 'all') === segment);
  return gateResults(own, figuresOf(own), wanted);
}

function hasStrictActions({ actions }: Workflow): boolean {
  return Object.values(actions).some(({ tier }) => tier !== 'autonomous');
}

function monthlyCost(results: readonly CaseResult[], volume: number): MonthlyCost {
  const costs = results.map(({ costUsd }) => costUsd);
  const perDecisionUsd = mean(costs);
  return { perDecisionUsd, interval: bootstrapInterval(costs, mean), volume, perMonthUsd: perDecisionUsd * volume };
}

function fieldShares(answers: readonly CaseResult[]): Report['fields'] {
  const fields = [...new Set(answers.flatMap(({ expected }) => Object.keys(expected)))];
  return fields.map((field) => {
    const own = answers.filter(({ expected }) => Object.hasOwn(expected, field));
    return { field, ...shareOf(own.filter(({ wrongJudged }) => !wrongJudged.includes(field)).length, own.length) };
  });
}

/** Of the decision's fields where its right values are known, else of the label's. */
function confusions(answers: readonly CaseResult[]): Confusion[] {
  const fields = [
    ...new Set(answers.flatMap(({ expectedDecision, expected }) => Object.keys(expectedDecision ?? expected))),
  ];
  return fields.flatMap((field) => {
    const pairs = answers.flatMap((result) => {
      const right = result.expectedDecision ?? result.expected;
      const given = result.expectedDecision === null ? result.judgement : result.decision;
      return Object.hasOwn(right, field) ? [{ expected: right[field] ?? null, given: given?.[field] ?? null }] : [];
    });
    return confusionOf(field, pairs) ?? [];
  });
}

function worstCase(result: CaseResult, examples: readonly Labelled[]): WorstCase[] {
  const example = examples.find(({ id }) => id === result.id);
  if (example === undefined) return [];
  const { input, note } = example;
  return [{ result, input: input.input, sources: input.sources, note: note ?? null }];
}
