import type { Workflow } from '../../authoring/index.ts';
import type { Action, Json, Money, ShapeOutline } from '../../contracts/index.ts';
import { isSameJson, leavesOf } from '../leaf-fields.ts';
import { isSumReached } from '../plan-actions.ts';
import { isAskedByTier, wouldRelease } from '../release.ts';
import { rememberProblem } from '../shapes.ts';
import { modeOf, stricterMode } from '../tiers.ts';
import type { Item } from './change.ts';
import { MODE_HANDLING } from './decided.ts';
import type { PastCase, PastQuestion, PastRound, Said } from './past-case.ts';

/** Actions that people were asked about: which a remembered yes would have let go. */
export function shapeItems(
  workflow: Workflow,
  past: readonly PastCase[],
  { shape, author }: { readonly shape: ShapeOutline; readonly author: string | null },
): Item[] {
  return actionsOf(past, ({ action }) => action === shape.action).flatMap(({ case_, round, action }): Item[] => {
    const question = questionAbout(case_, action, ['approve-action']);
    if (question === null || action.mode !== 'ask') return [];
    const after = isReleased(workflow, { case_, round, action }, { shape, author }) ? 'by-itself' : 'asked';
    return [{ ...about(case_, round, action), before: 'asked', after, said: question.said }];
  });
}

/** Actions of a name, were they asked from another amount on. */
export function approveFromItems(
  workflow: Workflow,
  past: readonly PastCase[],
  change: { readonly action: string; readonly approveFrom: Money | null },
): Item[] {
  const definition = workflow.actions[change.action];
  if (definition === undefined) return [];
  return actionsOf(past, ({ action }) => action === change.action).map(({ case_, round, action }): Item => {
    const isReached = isSumReached(change.approveFrom, action, [...round.known, ...round.actions]);
    const byTier = action.releasedBy === null ? modeOf(definition, round.phase) : action.mode;
    const mode = isReached ? stricterMode(byTier, 'ask') : byTier;
    const said = questionAbout(case_, action, ['approve-action', 'hold-action'])?.said ?? null;
    return { ...about(case_, round, action), before: MODE_HANDLING[action.mode], after: MODE_HANDLING[mode], said };
  });
}

/** Actions of an effect, were those with these values refused by themselves. */
export function refusalItems(
  past: readonly PastCase[],
  rule: { readonly effect: string; readonly fixed: Readonly<Record<string, Json>> },
): Item[] {
  return actionsOf(past, ({ intent }) => intent.effect === rule.effect).map(({ case_, round, action }): Item => {
    const before = MODE_HANDLING[action.mode];
    const said = questionAbout(case_, action, ['approve-action', 'hold-action'])?.said ?? null;
    return { ...about(case_, round, action), before, after: hasValues(action, rule.fixed) ? 'refused' : before, said };
  });
}

export function hasValues(action: Action, fixed: Readonly<Record<string, Json>>): boolean {
  const leaves = leavesOf(action.arguments);
  return Object.entries(fixed).every(([path, value]) => {
    const found = leaves.get(path);
    return found !== undefined && isSameJson(found, value);
  });
}

interface PastAction {
  readonly case_: PastCase;
  readonly round: PastRound;
  readonly action: Action;
}

export function actionsOf(past: readonly PastCase[], isMeant: (action: Action) => boolean): PastAction[] {
  return past.flatMap((case_) =>
    case_.rounds.flatMap((round) => round.actions.filter(isMeant).map((action) => ({ case_, round, action }))),
  );
}

/** The first: a later one is about what had changed since, or gone wrong. */
export function questionAbout(
  { questions }: PastCase,
  { id }: Action,
  kinds: readonly PastQuestion['kind'][],
): { readonly said: Said | null } | null {
  return questions.find(({ actionId, kind }) => actionId === id && kinds.includes(kind)) ?? null;
}

function isReleased(
  workflow: Workflow,
  { case_, round, action }: PastAction,
  { shape, author }: { readonly shape: ShapeOutline; readonly author: string | null },
): boolean {
  const definition = workflow.actions[action.action];
  if (definition === undefined || !isAskedByTier(action, definition, round.phase)) return false;
  if (isSumReached(definition.approveFrom, action, [...round.known, ...round.actions])) return false;
  // As if the author proved as much as the action asks for.
  if (rememberProblem(definition, action.amount, definition.approval.proof) !== null) return false;
  const { input, requestedBy } = case_;
  const subject = { definition, team: workflow.team, action, segment: round.segment, input, requestedBy };
  return wouldRelease(shape, subject, author);
}

function about({ caseId }: PastCase, { atMs }: PastRound, { id }: Action): Pick<Item, 'caseId' | 'actionId' | 'atMs'> {
  return { caseId, actionId: id, atMs };
}
