import * as z from 'zod';
import type { Facts, Workflow } from '../authoring/index.ts';
import {
  type Action,
  ActionId,
  type ActionState,
  type CaseId,
  type JsonObject,
  type Phase,
} from '../contracts/index.ts';
import { actionDigest } from './digest.ts';
import { messageOf } from './message-of.ts';
import { modeOf } from './tiers.ts';

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
}

export type Plan =
  | { readonly ok: true; readonly actions: readonly Action[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The actions that follow from a decision, each valid, bound by digest and with its mode under tier and phase. */
export function planActions(context: PlanContext, decision: JsonObject, facts: Facts): Plan {
  try {
    const planned = context.workflow.plan(decision, facts);
    if (planned.length > MOST_PLANNED) throw new Error(`${planned.length} actions are more than ${MOST_PLANNED}`);
    return {
      ok: true,
      actions: planned.map(({ action, arguments: args }, index) =>
        propose(context, action, args, (context.round - 1) * MOST_PER_ROUND + index + 1),
      ),
    };
  } catch (error) {
    return { ok: false, problems: [`The actions of this decision cannot be made: ${problemOf(error)}`] };
  }
}

/**
 * What may still be proposed: an intent that was carried out, begun, refused or left unsure in this case is closed,
 * whatever the wording or the action that asks for it again.
 */
export function withoutClosedIntents(planned: readonly Action[], known: readonly Action[]): Action[] {
  const closed = new Set(known.filter(({ state }) => CLOSED.has(state)).map(intentKey));
  return planned.filter((action) => !closed.has(intentKey(action)));
}

/** `intended` too: the call may have been made, and another action would carry a key that the other side does not know. */
const CLOSED: ReadonlySet<ActionState> = new Set(['intended', 'done', 'refused', 'unsure']);

function intentKey({ intent }: Action): string {
  return JSON.stringify([intent.effect, intent.target]);
}

/** An action with other arguments: checked by its schema, bound anew. @throws z.ZodError when they do not fit. */
export function withArguments(context: PlanContext, action: Action, args: JsonObject): Action {
  const definition = definitionOf(context.workflow, action.action);
  const parsed = definition.connector.arguments.parse(args);
  return {
    ...action,
    arguments: parsed,
    intent: definition.connector.intent(parsed),
    digest: bind(context, action.id, action.action, parsed),
  };
}

function propose(context: PlanContext, name: string, args: JsonObject, ordinal: number): Action {
  const definition = definitionOf(context.workflow, name);
  const id = ActionId.parse(`${name}#${ordinal}`);
  const parsed = definition.connector.arguments.parse(args);
  return {
    id,
    action: name,
    title: definition.title,
    tier: definition.tier,
    mode: modeOf(definition.tier, context.phase, definition.connector.effect),
    arguments: parsed,
    digest: bind(context, id, name, parsed),
    intent: definition.connector.intent(parsed),
    state: 'proposed',
    // Of the stored action, not of its arguments: a retry after an edit is still the same effect.
    idempotencyKey: `${context.caseId}.${id}`,
    reasons: [],
    requestId: null,
    result: null,
  };
}

function definitionOf(workflow: Workflow, name: string): Workflow['actions'][string] {
  const definition = Object.hasOwn(workflow.actions, name) ? workflow.actions[name] : undefined;
  if (definition === undefined) throw new Error(`${name} is not among the workflow's actions`);
  return definition;
}

function bind({ workflow, version, caseId }: PlanContext, actionId: string, action: string, args: JsonObject): string {
  return actionDigest({ workflow: workflow.id, version, caseId, actionId, action, arguments: args });
}

function problemOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return messageOf(error);
}
