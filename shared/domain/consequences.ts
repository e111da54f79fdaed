import type { Workflow } from '../authoring/index.ts';
import type { Action, ActionState, Case, CaseId, JsonObject } from '../contracts/index.ts';
import { digestOf } from './digest.ts';
import { compensationFor, isToTakeBack, needsOwnYes } from './take-back.ts';

/** One case in which something was done because of a decision: its own, or one that followed from it. */
export interface ConsequenceCase {
  readonly caseId: CaseId;
  readonly workflow: string;
  readonly title: string;
  readonly subject: string;
  readonly state: Case['state'];
  readonly outcome: Case['outcome'];
  /** Steps from the decision: 0 for its own case. */
  readonly hops: number;
  readonly causedBy: Case['causedBy'];
  readonly actions: readonly Consequence[];
}

export interface Consequence {
  readonly actionId: Action['id'];
  readonly title: string;
  readonly target: string;
  readonly state: ActionState;
  /** What takes it back; null where nothing does, or it is back already. */
  readonly takenBackBy: { readonly action: string; readonly title: string; readonly needsYes: boolean } | null;
  /** Why nothing takes it back, in words; empty where something does. */
  readonly problem: string;
}

/** `unsure` and `intended` too: it may have happened. */
const DONE: ReadonlySet<ActionState> = new Set(['done', 'taken-back', 'unsure', 'intended']);

export function consequenceOf(
  case_: Case,
  actions: readonly Action[],
  { workflow, hops }: { readonly workflow: Workflow | null; readonly hops: number },
): ConsequenceCase {
  const { id: caseId, state, outcome, causedBy } = case_;
  const done = actions.filter((action) => action.compensates === null && DONE.has(action.state));
  return {
    ...{ caseId, workflow: case_.workflow, title: workflow?.title ?? case_.workflow, state, outcome, hops, causedBy },
    subject: subjectOf(workflow, case_),
    actions: done.map((action) => oneOf(workflow, action, actions)),
  };
}

/** A case of another team, without whom it is about. */
export function ofAnotherTeam(one: ConsequenceCase, workflow: Workflow | null): ConsequenceCase {
  const problem = `It is for the team ${workflow?.team.name ?? one.title} to take back.`;
  const actions = one.actions.map((action) => ({ ...action, target: '', takenBackBy: null, problem }));
  return { ...one, subject: '', actions };
}

/** What an overturning is bound to: the decision, and everything that was done because of it, as it stands. */
export function consequencesDigest(decision: JsonObject | null, cases: readonly ConsequenceCase[]): string {
  const done = cases.flatMap(({ caseId, actions }) =>
    actions.map(({ actionId, state, takenBackBy }) => [caseId, actionId, state, takenBackBy !== null]),
  );
  return digestOf([decision, cases.map(({ caseId }) => caseId), done]);
}

function oneOf(workflow: Workflow | null, action: Action, known: readonly Action[]): Consequence {
  const { id: actionId, title, intent, state } = action;
  const back = takenBackBy(workflow, action, known);
  return {
    ...{ actionId, title, target: intent.target, state },
    takenBackBy: typeof back === 'string' ? null : back,
    problem: typeof back === 'string' ? back : '',
  };
}

function takenBackBy(
  workflow: Workflow | null,
  action: Action,
  known: readonly Action[],
): Exclude<Consequence['takenBackBy'], null> | string {
  if (action.state === 'taken-back') return 'It is taken back already.';
  if (action.state !== 'done') return 'Nobody knows yet whether it was done.';
  if (!isToTakeBack(action, known)) return 'It is being taken back.';
  if (workflow === null) return 'Its workflow is not deployed any more.';
  const compensating = compensationFor(workflow, action);
  if (!compensating.ok) return compensating.problem;
  const { action: name } = compensating;
  return { action: name, title: workflow.actions[name]?.title ?? name, needsYes: needsOwnYes(workflow, name) };
}

/** In the builder's words; a list must not fail for want of them. */
function subjectOf(workflow: Workflow | null, { input, problems }: Case): string {
  if (workflow === null || problems.length > 0) return '';
  try {
    return workflow.subject(input as JsonObject);
  } catch {
    return '';
  }
}
