import * as z from 'zod';
import { defineActionConnector, defineSourceConnector } from '../../authoring/index.ts';

const TicketId = z.string().min(1).max(120).meta({ title: 'Ticket' });

/** What the help desk knows of who wrote: the last reply that went to that address, and what was said in the ticket. */
export const ticketHistory = defineSourceConnector({
  id: 'sandbox.help-desk-history',
  arguments: z.strictObject({ email: z.string(), ticketId: z.exactOptional(z.string()) }),
  data: z.object({
    repliedBefore: z.boolean(),
    /** Whole days since the last reply; null where there was none. */
    lastReplyDays: z.int().min(0).nullable(),
    /** What we answered in this ticket so far, oldest first. */
    said: z.array(z.object({ text: z.string(), on: z.iso.date() })).default([]),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});

/** Shows a reply in a ticket and tells the customer that it is there. Withdrawing hides it and opens the ticket again. */
export const replyToTicket = defineActionConnector({
  id: 'sandbox.help-desk-reply',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    ticketId: TicketId,
    to: z.email().meta({ title: 'To' }),
    text: z.string().min(1).max(8_000).meta({ title: 'Reply' }),
    /** Ids of the articles that it rests on. */
    cites: z.array(z.string()).min(1).meta({ title: 'Articles' }),
  }),
  result: z.strictObject({ replyId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ ticketId }) => ({ effect: 'reply', target: ticketId }),
  writesTo: ({ to }) => to,
});

export const withdrawReply = defineActionConnector({
  id: 'sandbox.help-desk-withdraw-reply',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({ ticketId: TicketId, to: z.email().meta({ title: 'To' }) }),
  result: z.strictObject({ ticketId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ ticketId }) => ({ effect: 'withdraw-reply', target: ticketId }),
});

/** Sets the fields by which a ticket is sorted, and so moves it to a team's queue. They can be set anew at any time. */
export const setTicketFields = defineActionConnector({
  id: 'sandbox.help-desk-set-fields',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    ticketId: TicketId,
    kind: z.string().min(1).max(40).meta({ title: 'Kind' }),
    team: z.string().min(1).max(40).meta({ title: 'Team' }),
    priority: z.enum(['low', 'normal', 'high', 'urgent']).meta({ title: 'Priority' }),
  }),
  result: z.strictObject({ ticketId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ ticketId }) => ({ effect: 'sort', target: ticketId }),
});
