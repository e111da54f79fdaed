import type { Workflow } from '../../authoring/index.ts';
import { type Action, EVALUATIONS_PATH, type PersonRequest, PromotionEvidence } from '../../contracts/index.ts';

/** An owner may be away for a while, and nothing waits for this answer. */
const ANSWER_WITHIN_DAYS = 14;
const DAY_MS = 86_400_000;

/** Who is asked whether a workflow may do more on its own, and how: the owner, with a reason for a yes too. */
export function phaseQuestion(
  { team }: Workflow,
  nowMs: number,
): Pick<PersonRequest, 'people' | 'nextPeople' | 'quorum' | 'reasonFor' | 'openedAtMs' | 'remindAtMs' | 'deadlineMs'> {
  const waitMs = ANSWER_WITHIN_DAYS * DAY_MS;
  return {
    ...{ people: [team.owner], nextPeople: [], quorum: 1, reasonFor: ['approve'] },
    ...{ openedAtMs: nowMs, remindAtMs: nowMs + waitMs / 2, deadlineMs: nowMs + waitMs },
  };
}

export function phaseQuestionWords({ title }: Workflow, action: Action | null): string {
  const proposal = action === null ? null : PromotionEvidence.parse(action.arguments);
  if (proposal === null) return `Should ${title} do more on its own?`;
  const { segmentTitle, from, to } = proposal;
  return `${title}: may it go from phase ${from} to ${to}? ${segmentTitle}.`;
}

export function phaseReasons({ arguments: args }: Action): string[] {
  const { agreement, blind, gates, failedPercent, disagreements, evaluation } = PromotionEvidence.parse(args);
  const { agreed, of, lowerPercent, upperPercent } = agreement;
  return [
    `Agent and people agreed on ${agreed} of ${of} decisions: ${lowerPercent} to ${upperPercent} % with 95 % certainty. The gate is ${gates.agreementPercent} %, at the lower end.`,
    `${failedPercent} % of the decisions failed or were degraded; ${gates.failedPercent} % are allowed.`,
    `${blind.of} of the decisions were made by people who had not seen the agent's.`,
    evaluation === null ? 'No evaluation of this version on labelled cases is on record.' : measuredWords(evaluation),
    disagreements.length === 0 ? 'Nobody disagreed.' : `${disagreements.length} disagreements, all of them below.`,
  ];
}

function measuredWords(evaluation: NonNullable<PromotionEvidence['evaluation']>): string {
  const { agreed, of, lowerPercent, upperPercent, report, reportDigest } = evaluation;
  const digest = reportDigest === '' ? '' : `, digest ${reportDigest.slice(0, 16)}…`;
  const where = report.startsWith(EVALUATIONS_PATH) ? report : `on a machine of the team: ${report}`;
  return `Measured on labelled cases, this version was right in ${agreed} of ${of} that it decided without a person: ${lowerPercent} to ${upperPercent} % (${where}${digest}).`;
}
