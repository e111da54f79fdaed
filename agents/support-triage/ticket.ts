import * as z from 'zod';
import type { InboundMail } from '../../shared/contracts/index.ts';

/** Longer mails are cut here, and a person reads the rest. */
const LONGEST_TEXT = 20_000;
const LONGEST_SUBJECT = 300;
const LONGEST_REPORT = 4_000;

/** What a customer wrote to support. */
export const Ticket = z.object({
  ticketId: z.string().min(1, 'a ticket has an id').max(120),
  email: z.email('a ticket has a valid e-mail address').max(254).meta({ identifies: true }),
  name: z.string().max(200),
  subject: z.string().max(LONGEST_SUBJECT),
  text: z.string().max(LONGEST_TEXT),
  channel: z.enum(['help-desk', 'mail', 'phone']),
  /** There was more than is here. */
  wasCut: z.boolean(),
});
export type Ticket = z.infer<typeof Ticket>;

/** What is needed of the ticket that a mail answers. */
export const TicketAnswered = z.object(Ticket.pick({ ticketId: true }).shape);
export type TicketAnswered = z.infer<typeof TicketAnswered>;

/** What a colleague writes down of a call. */
export const ToldByPhone = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Who called' }),
  email: z.email().max(254).meta({ title: 'Their e-mail address' }),
  subject: z.string().min(1).max(LONGEST_SUBJECT).meta({ title: 'In one line' }),
  text: z.string().min(1).max(LONGEST_TEXT).meta({ title: 'What they said' }),
});

const CONCERNS = ['none', 'lost-data', 'security', 'legal', 'angry'] as const;

const fields = {
  kind: z
    .enum(['question', 'user-error', 'bug', 'feature-request'])
    .describe(
      'question: how to do something that there is; user-error: something went not as expected, and the product works: a setting, a right, a mistake; ' +
        'bug: the product does not do what it says; feature-request: wants what there is not, also where it is told as a fault or a complaint',
    ),
  impact: z
    .enum(['none', 'stopped', 'many-stopped'])
    .describe(
      'stopped: somebody cannot go on with their work, or the customer gets no money, now; many-stopped: so do many people, ' +
        'the whole company or its clients; none: there is a way around, or no hurry',
    ),
  concern: z
    .enum(CONCERNS)
    .describe(
      'The gravest: lost-data: data was lost, deleted or is missing; security: access by others, leak, fraud; legal: lawyer, law, authority, damages; ' +
        'angry: insults, threat to leave, third complaint; else none',
    ),
  articleAnswers: z.boolean().describe('Does the first article that was found answer all that was asked?'),
};

/** What takes judgement: an agent answers these, a person can correct each. */
export const TicketJudgement = z.strictObject({
  ...fields,
  reply: z.exactOptional(
    z
      .strictObject({
        text: z.string().describe('The reply to the customer, only from what the cited articles say'),
        cites: z.array(z.string()).describe('Ids of the articles that the reply rests on, at least one'),
      })
      .describe('Only where the articles that were found answer the ticket'),
  ),
});
export type TicketJudgement = z.infer<typeof TicketJudgement>;

/** The whole decision, with the reply that would go out. */
export const TicketDecision = z.strictObject({
  kind: fields.kind.meta({ title: 'Kind' }),
  team: z.enum(['support', 'engineering', 'product', 'accounts']).meta({ title: 'Team' }),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).meta({ title: 'Priority' }),
  impact: fields.impact.meta({ title: 'Impact' }),
  concern: fields.concern.meta({ title: 'Concern' }),
  articleAnswers: fields.articleAnswers.meta({ title: 'An article answers it' }),
  reply: z.string().max(8_000).meta({ title: 'Reply (empty for none)' }),
  cites: z.array(z.string()).meta({ title: 'Articles that the reply rests on' }),
  wording: z.enum(['none', 'article', 'agent']).meta({ title: 'Whose words the reply is in' }),
  isTier1: z.boolean().meta({ title: 'Tier 1: an article answers it, and nobody is held up' }),
});
export type TicketDecision = z.infer<typeof TicketDecision>;

/** A ticket of the help desk, or a mail to its address (`messageId`, `from`, `subject`, `text`), as the input. */
export function ticketFrom(body: Readonly<Record<string, unknown>>): Record<string, string | boolean> {
  const isMail = body['ticketId'] === undefined && body['messageId'] !== undefined;
  const sender = isMail ? senderOf(body['from']) : { email: textOf(body['email']), name: textOf(body['name']) };
  const text = textOf(body['text']);
  return {
    ticketId: textOf(isMail ? body['messageId'] : body['ticketId']).slice(0, 120),
    ...sender,
    subject: textOf(body['subject']).slice(0, LONGEST_SUBJECT).toWellFormed(),
    text: text.slice(0, LONGEST_TEXT).toWellFormed(),
    channel: isMail ? 'mail' : 'help-desk',
    wasCut: text.length > LONGEST_TEXT,
  };
}

/**
 * A mail to the address of support; one that answers a reply goes on with its ticket. What it quotes of earlier mails is no
 * part of what is asked now.
 */
export function ticketFromMail(
  { id, from, subject, text, wasCut }: InboundMail,
  answers: { readonly input: TicketAnswered } | null = null,
): Record<string, string | boolean> {
  return {
    ticketId: answers?.input.ticketId ?? id.slice(0, 120),
    email: from.address,
    name: from.name.slice(0, 200),
    subject: subject.slice(0, LONGEST_SUBJECT).toWellFormed(),
    text: text.slice(0, LONGEST_TEXT).toWellFormed(),
    channel: 'mail',
    wasCut: wasCut || text.length > LONGEST_TEXT,
  };
}

export function ticketFromPhone(
  told: z.infer<typeof ToldByPhone>,
  { id }: { readonly id: string },
): Record<string, string | boolean> {
  return { ...told, ticketId: `phone-${id}`, channel: 'phone', wasCut: false };
}

/** A ticket as a bug tells it. */
export function reported({ subject, text }: Ticket): string {
  return `${subject}\n\n${text}`.slice(0, LONGEST_REPORT).toWellFormed().trim() || 'Nothing was written.';
}

/** `Anna <a@b.example>`, the bare address, or `{ address, name }` as mail parsers give it. */
function senderOf(from: unknown): { email: string; name: string } {
  if (typeof from === 'object' && from !== null) {
    const { address, name } = from as Readonly<Record<string, unknown>>;
    return { email: textOf(address), name: textOf(name).slice(0, 200) };
  }
  const written = textOf(from).trim();
  const open = written.indexOf('<');
  const address = written.slice(open + 1, -1);
  const name = written.slice(0, open).trim().replace(/^"/, '').replace(/"$/, '').trim();
  const isNamed = open >= 0 && written.endsWith('>') && !/[<>]/.test(address) && !name.includes('"');
  return isNamed ? { email: address.trim(), name: name.slice(0, 200) } : { email: written, name: '' };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
