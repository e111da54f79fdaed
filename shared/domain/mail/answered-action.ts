import type { InboundMailTrigger, Workflow } from '../../authoring/index.ts';
import { type Action, AnsweredAction, type Case } from '../../contracts/index.ts';
import { mayHaveHappened } from '../plan-actions.ts';
import { actionDigestOf, type TagTarget } from './reply-tag.ts';

/** What became of the search for what a mail answers. */
export type WhatItAnswers =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'answers'; readonly answers: AnsweredAction }
  /** It says that it answers something, and that is not to be believed without a person. `of` is null where there is no such action. */
  | {
      readonly kind: 'doubt';
      readonly because: string;
      readonly of: Pick<AnsweredAction, 'caseId' | 'actionId'> | null;
    };

/** The action that a tag names, where it may have written to somebody. */
export function actionNamed(target: TagTarget, actions: readonly Action[]): Action | null {
  const found = actions.filter(({ id }) => actionDigestOf(id) === target.actionDigest);
  const [action] = found;
  // Two of one digest are told apart by nothing.
  if (action === undefined || found.length > 1) return null;
  return mayHaveHappened(action) || action.state === 'taken-back' ? action : null;
}

/** What is known of what a mail answers. */
export interface Answered {
  readonly trigger: InboundMailTrigger;
  /** Whose action it is. */
  readonly workflow: Workflow;
  readonly case: Case;
  readonly action: Action;
  /** Address of the sender, as the mail says it; whether that is proved is looked at elsewhere. */
  readonly from: string;
  readonly sentAt: string | null;
  readonly receivedAt: string;
}

/** A true tag says that our mail was seen, and not by whom: only whoever it was written to is believed. */
export function answeredBy({ trigger, workflow, case: case_, action, from, ...times }: Answered): WhatItAnswers {
  const of = { caseId: case_.id, actionId: action.id };
  const doubt = (because: string): WhatItAnswers => ({ kind: 'doubt', because, of });
  const writtenTo = case_.erasedAtMs === undefined ? addresseeOf(workflow, action) : null;
  if (writtenTo === null) {
    return doubt(`the mail answers case ${case_.id}, of which is not known any more whom it wrote to`);
  }
  if (writtenTo.toLowerCase() !== from.trim().toLowerCase()) {
    return doubt(`the mail answers case ${case_.id}, which wrote to another address than the one that it comes from`);
  }
  const known = trigger.replies?.input.safeParse(case_.input);
  if (known?.success !== true)
    return doubt(`the mail answers case ${case_.id}, which does not hold what is needed of it`);
  const answers = AnsweredAction.parse({
    ...{ ...of, workflow: workflow.id, action: action.action, input: known.data },
    sentOn: dayOf(times),
  });
  return { kind: 'answers', answers };
}

/** Null where it wrote to nobody, or what it was given was taken out since. */
function addresseeOf(workflow: Workflow, { action, arguments: args }: Action): string | null {
  const connector = workflow.actions[action]?.connector;
  const parsed = connector?.arguments.safeParse(args);
  return connector === undefined || parsed?.success !== true ? null : connector.writesTo(parsed.data);
}

/** A mail that says it was sent tomorrow was sent when it came. */
function dayOf({ sentAt, receivedAt }: Pick<Answered, 'sentAt' | 'receivedAt'>): string {
  const cameAtMs = Date.parse(receivedAt);
  const sentAtMs = sentAt === null ? cameAtMs : Math.min(Date.parse(sentAt), cameAtMs);
  return new Date(sentAtMs).toISOString().slice(0, 10);
}

/** The trigger that takes replies to an action; null where none does. */
export function takerOf(
  workflows: readonly Workflow[],
  { workflow, action }: { readonly workflow: string; readonly action: string },
): { readonly workflow: string; readonly trigger: InboundMailTrigger } | null {
  for (const { id, triggers } of workflows) {
    for (const trigger of triggers) {
      if (trigger.kind !== 'inbound-mail') continue;
      if (trigger.replies?.to.includes(`${workflow}/${action}`)) return { workflow: id, trigger };
    }
  }
  return null;
}
