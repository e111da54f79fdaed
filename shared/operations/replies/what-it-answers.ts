import type { InboundMailTrigger, Workflow } from '../../authoring/index.ts';
import { actionNamed, answeredBy, takerOf, type WhatItAnswers } from '../../domain/mail/answered-action.ts';
import type { ParsedMail } from '../../domain/mail/parsed-mail.ts';
import type { MailReceipt } from '../../domain/mail/receipt.ts';
import { looksLikeTag } from '../../domain/mail/reply-address.ts';
import type { ReplyStore } from '../../ports/index.ts';
import { type NamingPorts, whatItNames } from './what-it-names.ts';

export interface AnswerPorts extends NamingPorts {
  readonly workflows: readonly Workflow[];
  readonly replies: ReplyStore;
}

/** A mail that came to a trigger; `label` is what stood behind the plus of its address. */
export interface ArrivedMail {
  readonly trigger: InboundMailTrigger;
  readonly label: string | null;
  readonly mail: ParsedMail;
  readonly receipt: Pick<MailReceipt, 'timestamp'>;
}

const NOTHING: WhatItAnswers = { kind: 'nothing' };
const FALSE_TAG: WhatItAnswers = {
  kind: 'doubt',
  because: 'the mail says that it answers something of ours, and there is no such thing',
  of: null,
};

/** Which action a mail answers. A mail that names none is looked up nowhere. */
export async function whatItAnswers(ports: AnswerPorts, arrived: ArrivedMail): Promise<WhatItAnswers> {
  const { trigger, label, mail } = arrived;
  if (trigger.replies === null) return NOTHING;
  const receivedAt = arrived.receipt.timestamp;
  const named = await whatItNames(ports, { label, mail, receivedAt });
  if (named.kind === 'nothing') return NOTHING;
  if (named.kind === 'false') return FALSE_TAG;
  const found = await ports.replies.caseWithActions(named.target.caseId);
  const action = found === null ? null : actionNamed(named.target, found.actions);
  const workflow = ports.workflows.find(({ id }) => id === found?.case.workflow);
  if (found === null || action === null || workflow === undefined) return FALSE_TAG;
  if (!trigger.replies.to.includes(`${workflow.id}/${action.action}`)) {
    // Who writes to one team about the mail of another does so on purpose; an address is made for one trigger.
    return looksLikeTag(label) ? FALSE_TAG : NOTHING;
  }
  const of = { caseId: found.case.id, actionId: action.id };
  if (named.doubt !== null) return { kind: 'doubt', because: named.doubt, of };
  const times = { sentAt: mail.sentAt, receivedAt };
  return answeredBy({ trigger, workflow, case: found.case, action, from: mail.from.address, ...times });
}

/** The trigger that a mail is for by what it names alone: it came to the address that our mails come from. */
export async function triggerAnswered(
  ports: AnswerPorts,
  { mail, receipt }: Pick<ArrivedMail, 'mail' | 'receipt'>,
): Promise<{ readonly workflow: string; readonly trigger: InboundMailTrigger } | null> {
  const named = await whatItNames(ports, { label: null, mail, receivedAt: receipt.timestamp });
  if (named.kind !== 'action') return null;
  const found = await ports.replies.caseWithActions(named.target.caseId);
  const action = found === null ? null : actionNamed(named.target, found.actions);
  if (found === null || action === null) return null;
  return takerOf(ports.workflows, { workflow: found.case.workflow, action: action.action });
}
