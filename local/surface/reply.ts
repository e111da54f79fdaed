import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { newTraceId } from '../endpoint/trace.ts';
import { AwsError } from '../kernel/errors.ts';
import { VERDICTS } from '../ses/index.ts';
import type { SurfaceParts } from './parts.ts';
import { type AnswerableMail, standInMails } from './sandbox/stand-in-mails.ts';
import { writtenMail } from './written-mail.ts';

const MOST_MAILS = 1_000;

const Verdict = z.enum(VERDICTS).default('PASS');

/** An answer to a mail, as the program of whoever got it would send one. */
export const ReplyRequest = z.strictObject({
  /** The mail's id. */
  mail: z.string().min(1),
  text: z.string().min(1).max(100_000),
  /** Who answers; by default whoever got the mail. */
  from: z.string().min(3).max(320).optional(),
  /** Headers beside those of every mail, such as `Auto-Submitted`. */
  headers: z.record(z.string().regex(/^[A-Za-z-]{1,60}$/), z.string().max(900)).default({}),
  /** False for a program that knows no Reply-To. */
  heedsReplyTo: z.boolean().default(true),
  /** False for a program that does not say which mail it answers, but in what it quotes. */
  namesMails: z.boolean().default(true),
  ...{ spf: Verdict, dkim: Verdict, dmarc: Verdict, spam: Verdict, virus: Verdict },
});
export type ReplyRequest = z.infer<typeof ReplyRequest>;

/**
 * Answers a mail that was caught, or one that a stand-in would have sent: written out as mail programs do, and handed to
 * SES as another mail server would. What becomes of it is up to the receipt rules of the stack.
 * @throws MessageRejected where the stack takes no mail at the address that the answer goes to
 */
export async function replyToMail(parts: SurfaceParts, request: ReplyRequest): Promise<object> {
  const mail = await mailNamed(parts, request.mail);
  const { spf, dkim, dmarc, spam, virus } = request;
  const from = request.from ?? mail.to;
  const to = request.heedsReplyTo ? (mail.replyTo ?? mail.from) : mail.from;
  const messageId = `<${randomUUID()}@mail.example>`;
  const raw = writtenMail(
    {
      ...{ from, to, messageId },
      ...(request.namesMails ? { inReplyTo: mail.messageId, references: mail.references } : {}),
      subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
      text: `${request.text}\n\n${quotedFrom(mail)}`,
      headers: request.headers,
    },
    parts.clock.now(),
  );
  const [address = ''] = /[^<>\s]+@[^<>\s]+/.exec(from) ?? [];
  const verdicts = { spf, dkim, dmarc, spam, virus };
  const taken = await parts.receiveMail({
    ...{ from: address, to: [to], raw, verdicts, traceId: newTraceId(parts.clock.now()) },
  });
  return { ...taken, mailId: messageId, to };
}

async function mailNamed(parts: SurfaceParts, id: string): Promise<AnswerableMail> {
  const caught = parts.caughtMails({ to: null, limit: MOST_MAILS }).find((one) => one.id === id);
  if (caught === undefined) {
    const standIn = (await standInMails(parts)).find((one) => one.id === id);
    if (standIn !== undefined) return standIn;
    throw new AwsError('NotFound', `There is no mail ${id}.`, { status: 404 });
  }
  const [to = ''] = [...caught.to, ...caught.cc, ...caught.bcc];
  return {
    ...{ id, atMs: caught.atMs, from: caught.from, to, subject: caught.subject, text: caught.text },
    replyTo: caught.replyTo[0] ?? null,
    // As SES names mails of this region; in others it is @<region>.amazonses.com.
    messageId: `<${id}@email.amazonses.com>`,
    references: (caught.headers['References'] ?? '').split(/\s+/).filter((one) => one !== ''),
  };
}

function quotedFrom({ from, atMs, text }: AnswerableMail): string {
  const lines = text.trimEnd().split('\n');
  return [`On ${new Date(atMs).toUTCString()}, ${from} wrote:`, ...lines.map((line) => `> ${line}`.trimEnd())].join(
    '\n',
  );
}
