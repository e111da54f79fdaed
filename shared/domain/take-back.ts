import type { Workflow } from '../authoring/index.ts';
import type { Action, CaseEvent, JsonObject } from '../contracts/index.ts';
import { messageOf } from './message-of.ts';
import { askedBySum, type PlanContext, propose } from './plan-actions.ts';

/** What takes an action back, or why nothing does, in words. */
export type Compensating =
  | { readonly ok: true; readonly action: string; readonly arguments: JsonObject }
  | { readonly ok: false; readonly problem: string };

/** From what an action was given and what came of it. Pure, so that the same can be worked out again to check it. */
export function compensationFor(workflow: Workflow, original: Action): Compensating {
  const compensation = own(workflow.actions, original.action)?.compensation ?? null;
  if (compensation === null) return { ok: false, problem: `Nothing is declared that takes back "${original.title}".` };
  try {
    const { action } = compensation;
    const { connector } = definitionOf(workflow, action);
    const made = compensation.arguments(original.arguments, original.result ?? {});
    return { ok: true, action, arguments: connector.arguments.parse(made) };
  } catch (error) {
    return { ok: false, problem: `What takes back "${original.title}" cannot be made: ${messageOf(error)}` };
  }
}

/**
 * Whether what takes something back is performed for the wish alone, or has to be approved as well. A person's wish
 * stands for the yes that a smaller tier may want, never for the one that the tier approve and the irreversible need.
 */
export function needsOwnYes(workflow: Workflow, name: string): boolean {
  const { tier, connector } = definitionOf(workflow, name);
  return tier === 'approve' || connector.effect === 'irreversible';
}

/** Done, and neither taken back nor about to be. */
export function isToTakeBack(action: Action, known: readonly Action[]): boolean {
  if (action.state !== 'done') return false;
  return known.every(({ compensates, state }) => compensates !== action.id || state === 'refused');
}

export interface TakeBackPlan {
  readonly actions: readonly Action[];
  /** Why something that is wanted back cannot be taken back. */
  readonly problems: readonly string[];
}

/**
 * What takes these actions back: each checked by its schema and bound by digest, as every other action. `others`: how many
 * other actions the round has, whose numbers come first.
 */
export function planTakeBack(context: PlanContext, actionIds: readonly string[], others = 0): TakeBackPlan {
  const wanted = context.known.filter(({ id }) => actionIds.includes(id));
  const made = wanted
    .filter((original) => isToTakeBack(original, context.known))
    .map((original) => ({ original, compensating: compensationFor(context.workflow, original) }));
  const proposed = made.flatMap(({ original, compensating }, index) =>
    compensating.ok ? [proposeTakeBack(context, original, compensating, others + index)] : [],
  );
  return {
    actions: proposed.map((action) => askedBySum(context, action, proposed)),
    problems: made.flatMap(({ compensating }) => (compensating.ok ? [] : [compensating.problem])),
  };
}

/** Numbers of a round are told apart as those of planned actions are. */
function proposeTakeBack(
  context: PlanContext,
  original: Action,
  compensating: Extract<Compensating, { ok: true }>,
  index: number,
): Action {
  const { action, arguments: args } = compensating;
  const proposed = propose(context, action, args, context.round, index);
  return { ...proposed, mode: needsOwnYes(context.workflow, action) ? 'ask' : 'perform', compensates: original.id };
}

/** Who wants an action taken back, by the ledger of its case; null when nobody does. */
export function askedBackBy(events: readonly CaseEvent[], actionId: string): string | null {
  const asked = events.findLast((event) => event.type === 'take-back-asked' && event.actionIds.includes(actionId));
  return asked?.type === 'take-back-asked' ? asked.by : null;
}

/** By whom and why something is taken back or carried out, by the ref of the answer or overturning that asks for it. */
export function wishOf(events: readonly CaseEvent[], ref: string): { readonly by: string; readonly because: string } {
  const wish = events.findLast(
    (event) => (event.type === 'take-back-asked' || event.type === 'decision-overturned') && event.ref === ref,
  );
  const isOnRecord = wish?.type === 'take-back-asked' || wish?.type === 'decision-overturned';
  return isOnRecord ? { by: wish.by, because: wish.reason } : { by: 'somebody', because: '' };
}

/** Whether a right decision takes the place of what is taken back: its intent stays open for that. */
export function isReplaced(events: readonly CaseEvent[], actionId: string): boolean {
  const asked = events.findLast((event) => event.type === 'take-back-asked' && event.actionIds.includes(actionId));
  if (asked?.type !== 'take-back-asked') return false;
  return events.some((event) => event.type === 'decision-overturned' && event.ref === asked.ref && event.carryOut);
}

function definitionOf(workflow: Workflow, name: string): Workflow['actions'][string] {
  const definition = own(workflow.actions, name);
  if (definition === undefined) throw new Error(`${name} is not among the workflow's actions`);
  return definition;
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
