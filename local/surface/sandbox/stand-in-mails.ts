import type { SurfaceParts } from '../parts.ts';
import { type KeptEffect, sandboxItems, textOf } from './items.ts';

/** A mail as far as its reader needs it to answer. */
export interface AnswerableMail {
  readonly id: string;
  readonly atMs: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly replyTo: string | null;
  readonly messageId: string;
  /** Of the mails before it, oldest first. */
  readonly references: readonly string[];
}

/** Mails that systems behind stand-ins would have sent by themselves, such as a help desk that shows a reply; newest first. */
export async function standInMails(parts: SurfaceParts): Promise<readonly AnswerableMail[]> {
  if (parts.effectsTable === null) return [];
  const { effects } = await sandboxItems(parts);
  return effects.toReversed().flatMap(mailOf);
}

function mailOf({ idempotencyKey: id, atMs, mail }: KeptEffect): AnswerableMail[] {
  if (mail === null) return [];
  const { from, to, subject, text, replyTo, reference } = mail;
  return [
    {
      ...{ id, atMs, from: textOf(from), to: textOf(to), subject: textOf(subject), text: textOf(text) },
      replyTo: textOf(replyTo) || null,
      messageId: `<${id.replace('#', '-')}@help-desk.example>`,
      references: textOf(reference) === '' ? [] : [textOf(reference)],
    },
  ];
}
