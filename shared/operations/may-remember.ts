import type { ActionDefinition } from '../authoring/index.ts';
import { type Action, LONGEST_SHAPE_DAYS, type Proof } from '../contracts/index.ts';
import { isSamePerson } from '../domain/people.ts';
import { isSumReached } from '../domain/plan-actions.ts';
import { authorProblem } from '../domain/release.ts';
import { DAY_MS, rememberProblem } from '../domain/shapes.ts';
import { modeOf } from '../domain/tiers.ts';
import type { LoadedRequest } from './load-request.ts';

/** Pages and API alike are behind a sign-in, however long ago that was; the code of a mail is not enough. */
export const REMEMBER_PROOF = 'sign-in' as const satisfies Proof;

/** Who wants a yes remembered, how it is known that it is them, and when. */
export interface Remembering {
  readonly by: string;
  readonly proof: Proof;
  readonly nowMs: number;
}

export interface NotRemembered {
  readonly kind: 'not-allowed' | 'not-approved' | 'unfit';
  readonly problem: string;
}

/**
 * Why somebody cannot have an answer remembered, however it is chosen; null where they can. Only a plain yes, and only by
 * who gave it: whoever stood in, or changed it first, said yes to this one alone.
 */
export function notRemembered(loaded: LoadedRequest, { by, proof, nowMs }: Remembering): NotRemembered | null {
  const { workflow, case: case_, action, request } = loaded;
  const { answer, kind, state, quorum } = request;
  if (kind !== 'approve-action' || state !== 'answered' || answer === null || answer.verb !== 'approve') {
    return { kind: 'not-approved', problem: 'Only a plain yes to an action can be remembered.' };
  }
  if (!isSamePerson(answer.by, by)) {
    return { kind: 'not-allowed', problem: 'Only the person who said yes can have it remembered.' };
  }
  if (quorum > 1) return unfit('It took the yes of more than one person, so it is asked every time.');
  const definition = action === null ? undefined : workflow.actions[action.action];
  if (action === null || definition === undefined) return unfit('The action is not part of this deployment.');
  if (nowMs >= answer.atMs + LONGEST_SHAPE_DAYS * DAY_MS)
    return unfit(`It can be remembered for ${LONGEST_SHAPE_DAYS} days from the yes, and these are over.`);
  const { segment, input, requestedBy } = case_;
  const problem =
    askedAnyway(loaded, action, definition) ??
    rememberProblem(definition, action.amount, proof) ??
    authorProblem(by, { definition, team: workflow.team, action, segment, input, requestedBy });
  return problem === null ? null : unfit(problem);
}

/** Whether who looks at an answer can have it remembered, once they are signed in. */
export function mayRemember(loaded: LoadedRequest, { person, nowMs }: { person: string; nowMs: number }): boolean {
  return notRemembered(loaded, { by: person, proof: REMEMBER_PROOF, nowMs }) === null;
}

function unfit(problem: string): NotRemembered {
  return { kind: 'unfit', problem };
}

/** Why actions alike would be asked all the same, in words; null where they would not. */
function askedAnyway({ case: case_ }: LoadedRequest, action: Action, definition: ActionDefinition): string | null {
  const phase = case_.phase ?? case_.settings.phase;
  if (modeOf(definition, phase) !== 'ask') {
    return 'It was asked for something that a person had to look at, and will be asked for that again.';
  }
  const isSum = isSumReached(definition.approveFrom, action, [action]);
  return isSum ? 'An amount like this one is asked every time.' : null;
}
