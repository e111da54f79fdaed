import type { InboundMailTrigger, Workflow } from '../../authoring/index.ts';
import { actionNamed, answeredBy, takerOf, type WhatItAnswers } from '../../domain/mail/answered-action.ts';
import type { ParsedMail } from '../../domain/mail/parsed-mail.ts';
import type { MailReceipt } from '../../domain/mail/receipt.ts';
import { looksLikeTag, tagsInReferences } from '../../domain/mail/reply-address.ts';
import { readReplyTag, type TagTarget } from '../../domain/mail/reply-tag.ts';
import type { ReplyStore } from '../../ports/index.ts';

export interface AnswerPorts {
  readonly workflows: readonly Workflow[];
  readonly inbound: { readonly domain: string };
  readonly replies: ReplyStore;
  /** The key of tags. */
  readonly replyKey: () => Promise<string>;
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

/**
 * Which action a mail answers, by the tag of its address, else by the nearest of those in the mails that it names. A mail
 * without any is looked up nowhere.
 */
export async function whatItAnswers(ports: AnswerPorts, arrived: ArrivedMail): Promise<WhatItAnswers> {
  const { trigger, label, mail } = arrived;
  if (trigger.replies === null) return NOTHING;
  const byAddress = looksLikeTag(label);
  const tags = byAddress ? [label] : tagsInReferences(mail, ports.inbound.domain);
  if (tags.length === 0) return NOTHING;
  const target = await firstTrue(ports, tags);
  if (target === null) return FALSE_TAG;
  const found = await ports.replies.caseWithActions(target.caseId);
  const action = found === null ? null : actionNamed(target, found.actions);
  const workflow = ports.workflows.find(({ id }) => id === found?.case.workflow);
  if (found === null || action === null || workflow === undefined) return FALSE_TAG;
  if (!trigger.replies.to.includes(`${workflow.id}/${action.action}`)) {
    // Who writes to one team about the mail of another does so on purpose; an address is made for one trigger.
    return byAddress ? FALSE_TAG : NOTHING;
  }
  const times = { sentAt: mail.sentAt, receivedAt: arrived.receipt.timestamp };
  return answeredBy({ trigger, workflow, case: found.case, action, from: mail.from.address, ...times });
}

/** The trigger that a mail is for by the mails that it names alone: it came to the address that our mails come from. */
export async function triggerAnswered(
  ports: AnswerPorts,
  mail: ParsedMail,
): Promise<{ readonly workflow: string; readonly trigger: InboundMailTrigger } | null> {
  const tags = tagsInReferences(mail, ports.inbound.domain);
  const target = tags.length === 0 ? null : await firstTrue(ports, tags);
  const found = target === null ? null : await ports.replies.caseWithActions(target.caseId);
  const action = target === null || found === null ? null : actionNamed(target, found.actions);
  if (found === null || action === null) return null;
  return takerOf(ports.workflows, { workflow: found.case.workflow, action: action.action });
}

async function firstTrue({ replyKey }: AnswerPorts, tags: readonly string[]): Promise<TagTarget | null> {
  const key = await replyKey();
  for (const tag of tags) {
    const target = readReplyTag(key, tag);
    if (target !== null) return target;
  }
  return null;
}
