import * as z from 'zod';
import { defineActionConnector } from '../../authoring/index.ts';

/** Opens a bug in the tracker of engineering. Closing it takes it back. */
export const openBug = defineActionConnector({
  id: 'sandbox.tracker-open-bug',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    /** The ticket that it is from; one bug for each. */
    ticketId: z.string().min(1).max(120).meta({ title: 'Ticket' }),
    title: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}]*$/u, 'a title is one line')
      .meta({ title: 'Title' }),
    text: z.string().min(1).max(8_000).meta({ title: 'What was reported' }),
    priority: z.enum(['low', 'normal', 'high', 'urgent']).meta({ title: 'Priority' }),
  }),
  result: z.strictObject({ bugId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ ticketId }) => ({ effect: 'open-bug', target: ticketId }),
});

export const closeBug = defineActionConnector({
  id: 'sandbox.tracker-close-bug',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({ bugId: z.string().min(1).meta({ title: 'Bug' }) }),
  result: z.strictObject({ bugId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ bugId }) => ({ effect: 'close-bug', target: bugId }),
});

/** Calls the person on call. Nobody who was woken can be unwoken. */
export const pageOnCall = defineActionConnector({
  id: 'sandbox.pager-page',
  effect: 'irreversible',
  idempotency: 'key',
  arguments: z.strictObject({
    rota: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .meta({ title: 'Rota' }),
    text: z.string().min(1).max(500).meta({ title: 'What it is about' }),
  }),
  result: z.strictObject({ pageId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ rota, text }) => ({ effect: 'page', target: `${rota}: ${text}` }),
});
