import * as z from 'zod';
import type { ActionDefinition, Facts, Workflow } from '../authoring/index.ts';
import {
  type Action,
  ActionId,
  type ActionState,
  type CaseId,
  type JsonObject,
  type Money,
  type Phase,
  type Reading,
} from '../contracts/index.ts';
import { actionDigest, digestOf } from './digest.ts';
import { messageOf } from './message-of.ts';
import { pinFacts, pinParts } from './pinned-facts.ts';
import { modeOf, stricterMode } from './tiers.ts';

/** Keeps the ids of different rounds apart. */
const MOST_PER_ROUND = 100;

/** They are written in one transaction with the events of the round, and a transaction takes 100 items. */
const MOST_PLANNED = 50;

export interface PlanContext {
  readonly caseId: CaseId;
  readonly workflow: Workflow;
  readonly version: string;
  readonly phase: Phase;
  /** Actions of a later round get ids of their own. */
  readonly round: number;
  readonly input: JsonObject;
  /** What was read for this decision. */
  readonly readings: readonly Reading[];
  /** Actions of the case from earlier rounds. */
  readonly known: readonly Action[];
}

export type Plan =
  | { readonly ok: true; readonly actions: readonly Action[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The actions that follow from a decision, each valid, bound by digest and with its mode under tier and phase. */
export function planActions(context: PlanContext, decision: JsonObject, facts: Facts): Plan {
  try {
    const planned = context.workflow.plan(decision, facts);
    if (planned.length > MOST_PLANNED) throw new Error(`${planned.length} actions are more than ${MOST_PLANNED}`);
    const proposed = planned.map(({ action, arguments: args }, index) =>
      propose(context, action, args, context.round, index),
    );
    return { ok: true, actions: proposed.map((action) => askedBySum(context, action, proposed)) };
  } catch (error) {
    return { ok: false, problems: [`The actions of this decision cannot be made: ${problemOf(error)}`] };
  }
}

/**
 * What may still be proposed: an intent that was carried out, begun or left unsure in this case, or that a person closed,
 * is closed, whatever the wording or the action that asks for it again.
 */
export function withoutClosedIntents(
  planned: readonly Action[],
  known: readonly Action[],
  closedByPeople: readonly Action['intent'][],
): Action[] {
  const begun = known.filter(mayHaveHappened).map(({ intent }) => intent);
  const closed = new Set([...begun, ...closedByPeople].map(intentKey));
  return planned.filter(({ intent }) => !closed.has(intentKey(intent)));
}

/** Sent with the call, the same on every retry. What comes back with it names its case and itself. */
export function idempotencyKeyOf(caseId: CaseId, actionId: Action['id']): string {
  return `${caseId}.${actionId}`;
}

/** Whether an action took effect or may have: another one for the same would carry a key that the other side does not know. */
export function mayHaveHappened({ state, begun }: Action): boolean {
  return CLOSED.has(state) || (begun && !ENDED.has(state));
}

const CLOSED: ReadonlySet<ActionState> = new Set(['intended', 'done', 'unsure']);
/** A person has said no to it, or taken it back. */
const ENDED: ReadonlySet<ActionState> = new Set(['refused', 'taken-back']);

/** The round of its case in which an action was proposed. */
export function roundOf({ id }: Pick<Action, 'id'>): number {
  return Math.floor((placeOf(id) - 1) / MOST_PER_ROUND) + 1;
}

/** Where an action stands in the order in which those of a case are done. */
export function placeOf(id: ActionId): number {
  return Number(id.slice(id.lastIndexOf('#') + 1));
}

/** One spelling of an intent, the same for every action that would do the same to the same target. */
export function intentKey({ effect, target }: Action['intent']): string {
  return digestOf([effect, target]);
}

/** What an action with other arguments is bound to. */
export type Binding = Pick<PlanContext, 'caseId' | 'workflow' | 'version'>;

/** An action with other arguments: checked by its schema, bound anew. @throws z.ZodError when they do not fit. */
export function withArguments(binding: Binding, action: Action, args: JsonObject): Action {
  const definition = definitionOf(binding.workflow, action.action);
  const parsed = definition.connector.arguments.parse(args);
  return rebound(binding, {
    ...action,
    arguments: parsed,
    intent: definition.connector.intent(parsed),
    amount: definition.amount(parsed),
  });
}

/** The same action, its digest made of what it is now. */
export function rebound({ caseId, workflow, version }: Binding, action: Action): Action {
  const { id: actionId, action: name, arguments: args, pinned } = action;
  const bound = { workflow: workflow.id, version, caseId, actionId, action: name, arguments: args, pinned };
  return { ...action, digest: actionDigest(bound) };
}

/** What a source is asked about a case, as pinned facts know it. */
export function factKey(workflow: Workflow, source: string, input: JsonObject): string {
  const declared = workflow.sources[source];
  if (declared === undefined) throw new Error(`${source} is not among the workflow's sources`);
  return digestOf(declared.arguments(input, {}));
}

/** One proposed action, the n-th of its round. @throws z.ZodError when the arguments do not fit its schema. */
export function propose(context: PlanContext, name: string, args: JsonObject, round: number, index: number): Action {
  const definition = definitionOf(context.workflow, name);
  const id = ActionId.parse(`${name}#${(round - 1) * MOST_PER_ROUND + index + 1}`);
  const parsed = definition.connector.arguments.parse(args);
  return rebound(context, {
    id,
    action: name,
    title: definition.title,
    tier: definition.tier,
    mode: modeOf(definition, context.phase),
    arguments: parsed,
    digest: '',
    intent: definition.connector.intent(parsed),
    state: 'proposed',
    // Of the stored action, not of its arguments: a retry after an edit is still the same effect.
    idempotencyKey: idempotencyKeyOf(context.caseId, id),
    reasons: [],
    requestId: null,
    result: null,
    pinned: pinsOf(context, definition),
    changes: [],
    amount: definition.amount(parsed),
    releasedBy: null,
    compensates: null,
    begun: false,
    counted: [],
  });
}

function pinsOf({ workflow, input, readings }: PlanContext, { pins }: ActionDefinition): Action['pinned'] {
  return pinFacts(
    pins.map(pinParts).map(({ source, path }) => ({
      source,
      path,
      key: factKey(workflow, source, input),
      reading: readings.find((reading) => reading.source === source) ?? null,
    })),
  );
}

/** All its like in the case are added up, earlier rounds included: an amount that is split is asked like the whole. */
export function askedBySum(context: PlanContext, action: Action, proposed: readonly Action[]): Action {
  const { approveFrom } = definitionOf(context.workflow, action.action);
  if (!isSumReached(approveFrom, action, [...context.known, ...proposed])) return action;
  return { ...action, tier: 'approve', mode: stricterMode(action.mode, 'ask') };
}

/** Whether an action is asked for what it and its like among `all` move together; an amount that cannot be compared is no small one. */
export function isSumReached(approveFrom: Money | null, { action }: Action, all: readonly Action[]): boolean {
  if (approveFrom === null) return false;
  const alike = all.filter(
    (other) => other.action === action && other.state !== 'refused' && other.state !== 'taken-back',
  );
  const isForeign = alike.some(({ amount }) => amount === null || amount.currency !== approveFrom.currency);
  const sum = alike.reduce((total, { amount }) => total + Math.abs(amount?.minor ?? 0), 0);
  return isForeign || sum >= approveFrom.minor;
}

function definitionOf(workflow: Workflow, name: string): ActionDefinition {
  const definition = Object.hasOwn(workflow.actions, name) ? workflow.actions[name] : undefined;
  if (definition === undefined) throw new Error(`${name} is not among the workflow's actions`);
  return definition;
}

function problemOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return messageOf(error);
}
