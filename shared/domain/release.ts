import type { ActionDefinition, Team, Workflow } from '../authoring/index.ts';
import type { Action, Json, Phase, Shape, ShapeOutline } from '../contracts/index.ts';
import { approversOf } from './approval.ts';
import { isSamePerson } from './people.ts';
import { endOf, isAlike, rememberProblem } from './shapes.ts';
import { modeOf } from './tiers.ts';

/** An action that a remembered yes might let go, and the case that it belongs to. */
export interface ReleaseSubject {
  readonly definition: ActionDefinition;
  readonly team: Team;
  readonly action: Action;
  readonly segment: string | null;
  readonly input: Json;
  readonly requestedBy: string | null;
}

/**
 * Why a remembered yes does not let this action go, in words; null where it does. Fails closed: today's definition, and
 * today's people, decide as if the author were asked: who could not say yes to it now does not by having said so before.
 */
export function releaseProblem(shape: Shape, subject: ReleaseSubject, nowMs: number): string | null {
  const end = endOf(shape, nowMs);
  if (end !== null) return `A yes was remembered for this, but ${end}.`;
  if (!isAlike(shape, subject.action, subject.segment)) return 'It is not what the remembered yes was for.';
  return (
    rememberProblem(subject.definition, subject.action.amount, shape.proof) ?? authorProblem(shape.author, subject)
  );
}

/** Why somebody could not say yes to this action; null where they could. */
export function authorProblem(
  author: string,
  { team, definition, action, input, requestedBy }: ReleaseSubject,
): string | null {
  if (requestedBy !== null && isSamePerson(requestedBy, author))
    return `${author} wants it, so somebody else has to say yes.`;
  const { people, nextPeople } = approversOf({ team, definition, amount: action.amount, input, requestedBy });
  const isAsked = [...people, ...nextPeople].some((person) => isSamePerson(person, author));
  return isAsked ? null : `${author} is not among those who are asked about this.`;
}

/** Asked for its tier and phase alone: neither shadow, nor a sum, nor anything that a person has to look at. */
export function isAskedByTier(action: Action, definition: ActionDefinition, phase: Phase): boolean {
  return action.mode === 'ask' && action.changes.length === 0 && modeOf(definition, phase) === 'ask';
}

/** The actions of a round, those that a live shape covers with leave to go ahead. A shape that is nearly used up covers no more than it can. */
export function releasedActions(
  actions: readonly Action[],
  shapes: readonly Shape[],
  round: {
    readonly workflow: Workflow;
    readonly mayBeReleased: (action: Action) => boolean;
    readonly case: Pick<ReleaseSubject, 'segment' | 'input' | 'requestedBy'>;
    readonly nowMs: number;
  },
): Action[] {
  const { workflow, mayBeReleased, nowMs } = round;
  const given = new Map<string, number>();
  return actions.map((action) => {
    const definition = workflow.actions[action.action];
    if (definition === undefined || !mayBeReleased(action)) return action;
    const subject = { ...round.case, definition, team: workflow.team, action };
    const shape = shapes.find((known) => {
      const counted = { ...known, uses: known.uses + (given.get(known.id) ?? 0) };
      return known.workflow === workflow.id && releaseProblem(counted, subject, nowMs) === null;
    });
    if (shape === undefined) return action;
    given.set(shape.id, (given.get(shape.id) ?? 0) + 1);
    return { ...action, mode: 'perform' as const, releasedBy: shape.id };
  });
}

/** Whether a yes by `author` would let the action go, were it remembered for good: what a back-test asks of the past. */
export function wouldRelease(outline: ShapeOutline, subject: ReleaseSubject, author: string | null): boolean {
  if (!isAlike(outline, subject.action, subject.segment)) return false;
  return author === null || authorProblem(author, subject) === null;
}
