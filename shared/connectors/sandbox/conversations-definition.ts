import * as z from 'zod';
import { defineActionConnector } from '../../authoring/index.ts';

/** A day, as the CRM keeps it. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written as 2026-03-31');

/**
 * Says how a conversation with a person stands: who has the next word, and from which day on it is looked at again. Setting it
 * back takes it back; a closed one is on no list any more.
 */
export const setConversation = defineActionConnector({
  id: 'sandbox.crm-set-conversation',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    email: z.email().meta({ title: 'E-mail' }),
    name: z.string().max(200).meta({ title: 'Name' }),
    company: z.string().max(200).meta({ title: 'Company' }),
    state: z.enum(['waiting', 'with-colleague', 'paused', 'closed']).meta({ title: 'State' }),
    until: Day.nullable().meta({ title: 'Not before' }),
    reminders: z.int().min(0).max(10).meta({ title: 'Reminders sent' }),
  }),
  result: z.strictObject({ state: z.string() }),
  timeoutMs: 5_000,
  intent: ({ email, state }) => ({ effect: `conversation:${state}`, target: email.toLowerCase() }),
});
