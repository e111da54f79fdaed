import * as z from 'zod';
import { ActionId, CaseId, Slug } from './ids.ts';
import { JsonObject } from './json.ts';

/** Where a mail lies as it came. */
export const KeptMail = z.object({ bucket: z.string(), key: z.string() });
export type KeptMail = z.infer<typeof KeptMail>;

/** A mail as a workflow gets it. What it says, it says: only the envelope and the verdicts on it were checked. */
export const InboundMail = z.object({
  /** Message-ID, or a name made of the mail's bytes where it has none. */
  id: z.string().min(1).max(400),
  messageId: z.string().nullable(),
  /** Message-IDs of the mail that it answers, and of those before; the nearest last. */
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  from: z.object({ address: z.string(), name: z.string() }),
  replyTo: z.string().nullable(),
  /** The address of ours that it came to. */
  to: z.string(),
  subject: z.string(),
  /** What was written now: plain text where there is some, else the text of the HTML. */
  text: z.string(),
  textFrom: z.enum(['plain', 'html', 'none']),
  /** What it repeats of the mails before; empty for none. */
  quoted: z.string(),
  /** There was more text than is here. */
  wasCut: z.boolean(),
  /** When it was sent, by its own word. */
  sentAt: z.iso.datetime().nullable(),
  /** By name and digest only: they stay in the mail as it is kept. */
  attachments: z.array(
    z.object({ name: z.string(), mimeType: z.string(), sizeBytes: z.int().min(0), sha256: z.string() }),
  ),
  attachmentsLeftOut: z.int().min(0),
  /** Where the whole mail is kept for some weeks. */
  kept: KeptMail,
});
export type InboundMail = z.infer<typeof InboundMail>;

/** What a mail answers: an action that wrote to its sender, and what the trigger asks to know of that case. */
export const AnsweredAction = z.object({
  caseId: CaseId,
  workflow: Slug,
  action: Slug,
  actionId: ActionId,
  /** Of the input of that case, what the trigger asks for. */
  input: JsonObject,
  /** The day on which the mail was sent, UTC: by its own word, and never after it came. */
  sentOn: z.iso.date(),
});
export type AnsweredAction = z.infer<typeof AnsweredAction>;

/** The body of an inbound mail on the queue. */
export const MailBody = z.object({
  mail: InboundMail,
  /** Null for a mail that answers nothing, or of which that is in doubt. */
  answers: AnsweredAction.nullable().default(null),
  /** Why a person has to look at it before anything else does; empty for nothing. */
  doubts: z.array(z.string()),
});
export type MailBody = z.infer<typeof MailBody>;

/** An object that was put into the bucket for files, as the rule of its trigger hands it over. */
export const BroughtFile = z.object({
  workflow: Slug,
  trigger: Slug,
  bucket: z.string().min(1),
  key: z.string().min(1),
  versionId: z.string().min(1),
  receivedAt: z.iso.datetime({ offset: true }),
});
export type BroughtFile = z.infer<typeof BroughtFile>;

/** The body of a case that somebody has started by a form, on the queue. */
export const HandBody = z.object({
  /** What was typed, in the form that the builder asked for. */
  filled: JsonObject,
  /** Who was signed in. */
  by: z.email(),
  /** Of this one filling in: sent twice, it is the same. */
  id: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
});
export type HandBody = z.infer<typeof HandBody>;
