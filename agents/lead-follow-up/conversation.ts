import * as z from 'zod';
import type { Answered } from '../../shared/authoring/index.ts';
import type { InboundMail } from '../../shared/contracts/index.ts';

const LONGEST_REPLY = 10_000;

/** How a conversation with a prospect stands: what they answered last, or for how long they have said nothing. */
export const Conversation = z.object({
  name: z.string().trim().min(1, 'a conversation is with somebody').max(200).meta({ personal: true }),
  email: z.email('a conversation has a valid e-mail address').max(254).meta({ personal: true, identifies: true }),
  company: z.string().max(200),
  /** What they wrote last; empty where they have not answered. */
  reply: z.string().max(LONGEST_REPLY),
  /** Reminders that they got so far. */
  reminders: z.int().min(0).max(10),
  /** Days since we wrote last. */
  silentDays: z.int().min(0).max(10_000),
  /** The day on which this is looked at. */
  today: z.iso.date(),
});
export type Conversation = z.infer<typeof Conversation>;

/** What is needed of the case that wrote to a prospect: a lead, or a conversation as it stood then. */
export const Addressee = z.object({
  name: z.string(),
  company: z.string(),
  reminders: z.int().min(0).max(10).default(0),
});
export type Addressee = z.infer<typeof Addressee>;

export const Answer = z.enum(['interested', 'question', 'not-now', 'wrong-person', 'no', 'out-of-office', 'silence']);
export type Answer = z.infer<typeof Answer>;

/** What takes judgement: an agent answers it, a person can correct it. */
export const ReplyJudgement = z.strictObject({
  answer: Answer.describe(
    'interested: wants to talk, meet or see it; question: asks something before that; not-now: perhaps later; ' +
      'wrong-person: somebody else decides; no: refuses, or wants no more mail; out-of-office: a machine answers; silence: nothing was written',
  ),
});
export type ReplyJudgement = z.infer<typeof ReplyJudgement>;

export const NextStep = z.enum([
  'book-meeting',
  'colleague-answers',
  'pause',
  'find-person',
  'remind',
  'close',
  'wait',
]);
export type NextStep = z.infer<typeof NextStep>;

/** The whole decision: what they said, and what is suggested next. */
export const FollowUpDecision = z.strictObject({
  answer: Answer.meta({ title: 'What they answered' }),
  nextStep: NextStep.meta({ title: 'Next step' }),
  pauseUntil: z.iso.date().nullable().meta({ title: 'Not before (for a pause)' }),
});
export type FollowUpDecision = z.infer<typeof FollowUpDecision>;

/** A reply as the CRM or the mailbox tells of it, as the input. Quoted lines of our own mail are no words of theirs. */
export function conversationFrom(body: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const count = (value: unknown): number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
  return {
    ...{ name: text(body['name']), email: text(body['email']), company: text(body['company']) },
    reply: ownWords(text(body['reply'])).slice(0, LONGEST_REPLY).toWellFormed(),
    ...{ reminders: count(body['reminders']), silentDays: count(body['silentDays']), today: text(body['today']) },
  };
}

/**
 * What a prospect answers to a mail of ours: who they are is known from the case that wrote to them. What they write to this
 * address out of the blue is no answer, and a person looks at it.
 * @throws Error for a mail that answers nothing of ours
 */
export function conversationFromMail(
  { from, text }: InboundMail,
  answers: Answered<Addressee> | null,
): Record<string, string | number> {
  if (answers === null) throw new Error('it answers no mail of ours');
  const { name, company, reminders } = answers.input;
  return {
    ...{ name, company, email: from.address, silentDays: 0, today: answers.sentOn },
    reply: ownWords(text).slice(0, LONGEST_REPLY).toWellFormed(),
    reminders: reminders + (answers.action === 'send-reminder' ? 1 : 0),
  };
}

/** Without quoted lines, and without what follows the line that mail programs put before them. */
function ownWords(reply: string): string {
  const lines = reply.split(/\r?\n/);
  const quoted = lines.findIndex((line) => QUOTE_HEADING.test(line));
  const own = quoted < 0 ? lines : lines.slice(0, quoted);
  return own
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .trim();
}

const QUOTE_HEADING =
  /^(-{2,} ?(original message|ursprüngliche nachricht|message d'origine|mensaje original)|(on|am|le|el|op) .{4,120}?\b(wrote|schrieb|a écrit|escribió|schreef)\b.{0,80}:\s*$)/i;
