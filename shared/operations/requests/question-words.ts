import type { Action, JsonObject, Phase } from '../../contracts/index.ts';
import { AGENT_ASKS } from '../../domain/coordinate.ts';
import type { OpenRequest } from '../open-request.ts';
import type { AskSubject } from './new-request.ts';
import { phaseQuestionWords, phaseReasons } from './phase-question.ts';

/** One sentence, answerable by the verbs. */
export function questionOf({ workflow, case: case_, action }: AskSubject, { kind, problem }: OpenRequest): string {
  if (kind === 'change-phase') return phaseQuestionWords(workflow, action);
  const about = case_.problems.length > 0 ? workflow.title : workflow.subject(case_.input as JsonObject);
  switch (kind) {
    case 'approve-action':
      return problem !== null && action !== null && MAY_HAVE_HAPPENED.has(action.state)
        ? `${action.title} for ${about} did not surely happen. Do it now?`
        : `${action?.title}: ${about}?`;
    case 'decide-case':
      if (case_.problems.length > 0) return `${workflow.title}: what came in cannot be read. What should be decided?`;
      if (isAsked(case_)) return `What do you tell the agents about ${about}?`;
      return `What should be decided for ${about}?`;
    case 'review-decision':
      return `Is this decision right for ${about}?`;
    case 'second-review':
      return `What would you have decided for ${about}?`;
    case 'spot-check':
      return `Was this decision right for ${about}?`;
    case 'hold-action':
      return `${action?.title}: ${about}. Stop it?`;
    case 'undo-action':
      return `${action?.title}: ${about}. Take it back?`;
  }
}

/** An agent waits for a person's words. */
function isAsked({ verdict, decision }: AskSubject['case']): boolean {
  return decision === null && verdict?.reasons.some(({ code }) => code === AGENT_ASKS) === true;
}

/** States from which a call may have been made. */
const MAY_HAVE_HAPPENED: ReadonlySet<Action['state']> = new Set(['intended', 'unsure']);

/** Why a person is asked, one sentence each. */
export function reasonsOf({ case: case_, action }: AskSubject, { kind, problem }: OpenRequest): string[] {
  if (problem !== null) return [problem];
  if (kind === 'spot-check') return [SPOT_CHECK];
  if (action === null) return (case_.verdict?.reasons ?? []).map(({ text }) => text);
  const phase = case_.phase ?? case_.settings.phase;
  switch (kind) {
    case 'hold-action':
      return ['It goes out by itself once the time is over. People are told first, so that they can stop it.'];
    case 'undo-action':
      return ['It was done without asking. People are told, so that they can take it back.'];
    case 'change-phase':
      return phaseReasons(action);
    default:
      return [tierReason(action.tier, phase)];
  }
}

const SPOT_CHECK =
  'Nobody was asked about it at the time. Some of such cases are drawn by chance, to know how many are right.';

/** Why an action of this tier is asked, as the people who answer would say it. */
function tierReason(tier: Action['tier'], phase: Phase): string {
  switch (tier) {
    case 'approve':
      return 'This always needs your yes.';
    case 'notify':
      return phase === 'full'
        ? 'This cannot be taken back, so it needs your yes.'
        : `The workflow is still in phase ${phase}: whatever people should know of needs a yes first.`;
    case 'autonomous':
      return `The workflow is in phase ${phase}, where this needs a yes.`;
  }
}
