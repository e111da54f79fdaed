import * as z from 'zod';
import { withFoot } from '../../domain/mail/quoted-reference.ts';
import type { ReplyAddresses } from '../../ports/index.ts';
import type { ActionImplementation, SourceImplementation } from '../implementation.ts';
import { replyToTicket } from './help-desk-definition.ts';
import type { SandboxStore } from './store.ts';

const DAY_MS = 86_400_000;
/** Earlier replies that are told; a conversation that goes on longer is read in the help desk. */
const MOST_SAID = 5;
const LONGEST_SAID = 4_000;

/** What we said to a customer, as it is kept. */
const Said = z.array(z.object({ ticketId: z.string(), text: z.string(), replyId: z.string(), atMs: z.number() }));

export interface HelpDeskPorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

/** The last reply to an address in the sandbox help desk, and what was said in the ticket before. */
export function readTicketHistory({ sandbox, clock }: HelpDeskPorts): SourceImplementation {
  return async ({ email, ticketId = null }) => {
    const record = await sandbox.record('customer', String(email).toLowerCase());
    const repliedAtMs = record?.['repliedAtMs'];
    const said = saidTo(record).filter((one) => one.ticketId === ticketId);
    const told = { said: said.map(({ text, atMs }) => ({ text, on: new Date(atMs).toISOString().slice(0, 10) })) };
    if (typeof repliedAtMs !== 'number') return { repliedBefore: false, lastReplyDays: null, ...told };
    const days = Math.max(0, Math.floor((clock.nowMs() - repliedAtMs) / DAY_MS));
    return { repliedBefore: true, lastReplyDays: days, ...told };
  };
}

function saidTo(record: Awaited<ReturnType<SandboxStore['record']>>): z.infer<typeof Said> {
  return Said.catch([]).parse(record?.['said']);
}

/** A help desk mails the customer what it shows. This one notes the mail, which nobody gets: a reply can be withdrawn. */
export function showReply({
  sandbox,
  clock,
  replies,
}: HelpDeskPorts & { readonly replies: ReplyAddresses }): ActionImplementation {
  return async (args, { idempotencyKey, caseId, workflow }) => {
    const { ticketId, to, text } = replyToTicket.arguments.parse(args);
    const key = to.toLowerCase();
    const atMs = clock.nowMs();
    const before = saidTo(await sandbox.record('customer', key)).filter(({ replyId }) => replyId !== idempotencyKey);
    const said = { ticketId, text: text.slice(0, LONGEST_SAID).toWellFormed(), replyId: idempotencyKey, atMs };
    const { footLine, ...written } = await replies.of({ idempotencyKey, workflow });
    return sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.help-desk-reply' },
      result: { replyId: idempotencyKey },
      atMs,
      mail: {
        ...{ from: HELP_DESK, to, subject: `Re: your ticket ${ticketId}`, text: withFoot(text, footLine) },
        ...written,
      },
      record: {
        ...{ kind: 'customer', key },
        fields: { repliedAtMs: atMs, ticketId, said: [...before, said].slice(-MOST_SAID) },
      },
    });
  };
}

const HELP_DESK = 'Help desk <noreply@help-desk.example>';

export function hideReply({ sandbox, clock }: HelpDeskPorts): ActionImplementation {
  return async (args, { idempotencyKey, caseId }) => {
    const key = String(args['to']).toLowerCase();
    const said = saidTo(await sandbox.record('customer', key)).filter(({ ticketId }) => ticketId !== args['ticketId']);
    return sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.help-desk-withdraw-reply' },
      result: { ticketId: String(args['ticketId']) },
      atMs: clock.nowMs(),
      record: { kind: 'customer', key, fields: { repliedAtMs: null, said } },
    });
  };
}

export function sortTicket({ sandbox, clock }: HelpDeskPorts): ActionImplementation {
  return (args, { idempotencyKey, caseId }) =>
    sandbox.perform({
      ...{ idempotencyKey, caseId, arguments: args, connector: 'sandbox.help-desk-set-fields' },
      result: { ticketId: String(args['ticketId']) },
      atMs: clock.nowMs(),
      record: { kind: 'ticket', key: String(args['ticketId']), fields: { ...args, changedAtMs: clock.nowMs() } },
    });
}
