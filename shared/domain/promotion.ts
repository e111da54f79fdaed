import type { Gates, Workflow } from '../authoring/index.ts';
import type { DecisionRecord, EvaluationEvidence, Phase, PromotionEvidence } from '../contracts/index.ts';
import { type Agreement, agreementOf, shareOf } from './agreement.ts';
import { failedShare, gatesMissed, percentOf } from './gates.ts';
import { phaseAbove, segmentKey, segmentTitle } from './phase-changes.ts';

/** The newest decisions that a proposal looks at. */
export const MOST_EVIDENCE = 200;

/** Where one segment stands, under the version that is deployed. */
export interface SegmentRecord {
  readonly segment: string | null;
  readonly phase: Phase;
  readonly version: string;
  /** Since when the phase holds: what was decided before it counts no more. */
  readonly sinceMs: number;
  readonly coolDownUntilMs: number;
  /** Newest first. */
  readonly records: readonly DecisionRecord[];
  /** All that are on record, in the order in which they were put there. Default: none. */
  readonly evaluations?: readonly EvaluationEvidence[];
}

export interface Standing {
  readonly agreement: Agreement;
  readonly failed: { readonly failed: number; readonly of: number };
  /** What the gates still miss; empty where they are passed. */
  readonly missed: readonly string[];
}

/** What the record of a segment shows, under its version and in its phase. */
export function standingOf(subject: SegmentRecord, gates: Gates): Standing {
  const records = evidenceOf(subject);
  const agreement = agreementOf(records);
  const failed = { failed: records.filter(({ hasFailed }) => hasFailed).length, of: records.length };
  const missed = gatesMissed({ agreement: agreement.sure, blind: agreement.blind, failed }, gates);
  return { agreement, failed, missed };
}

/**
 * The next phase for a segment whose numbers pass every gate, with the figures; null where they do not, in the cool-down,
 * and above the last phase. It proposes and changes nothing: only a person gives more autonomy.
 */
export function promotionDue(subject: SegmentRecord, workflow: Workflow, nowMs: number): PromotionEvidence | null {
  const { gates } = workflow.rollout;
  const to = phaseAbove(subject.phase);
  if (to === null || nowMs < subject.coolDownUntilMs) return null;
  const { agreement, failed, missed } = standingOf(subject, gates);
  if (missed.length > 0) return null;
  const { segment, phase: from, version } = subject;
  return {
    segment: segmentKey(segment),
    segmentTitle: segmentTitle(workflow, segment),
    ...{ from, to, version },
    agreement: shown(agreement.sure),
    blind: shown(agreement.blind),
    failedPercent: percentOf(failedShare(failed)),
    evaluation: evaluationOf(subject),
    gates: {
      agreementPercent: percentOf(gates.agreement),
      minimumDecisions: gates.minimumDecisions,
      failedPercent: percentOf(gates.errors),
    },
    disagreements: agreement.disagreements.map(({ caseId, compared, by, reason }) => ({
      caseId,
      fields: compared.filter(({ agrees }) => !agrees).map(({ field }) => field),
      by: by ?? '',
      reason,
    })),
  };
}

/** Records of another version prove nothing, and neither do those from before the phase. */
function evidenceOf({ records, version, sinceMs }: SegmentRecord): readonly DecisionRecord[] {
  return records
    .filter((record) => record.version === version && record.decidedAtMs >= sinceMs)
    .slice(0, MOST_EVIDENCE);
}

function evaluationOf({ segment, version, evaluations = [] }: SegmentRecord): PromotionEvidence['evaluation'] {
  const found = evaluations.findLast((one) => one.version === version && one.segment === segmentKey(segment));
  if (found === undefined) return null;
  const { agreed, decisions, failed, report, reportDigest = '' } = found;
  return { ...shown(shareOf(Math.min(agreed, decisions), decisions)), failed, report, reportDigest };
}

function shown({ agreed, of, lower, upper }: Agreement['sure']): PromotionEvidence['agreement'] {
  return { agreed, of, lowerPercent: percentOf(lower), upperPercent: percentOf(upper) };
}
