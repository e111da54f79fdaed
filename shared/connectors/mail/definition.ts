import * as z from 'zod';
import { defineActionConnector } from '../../authoring/index.ts';

/** Sends one mail by SES. SES takes no idempotency key and a sent mail cannot be called back. */
export const sendMail = defineActionConnector({
  id: 'mail.send',
  effect: 'irreversible',
  idempotency: 'none',
  arguments: z.strictObject({
    to: z.email().meta({ title: 'To' }),
    bcc: z.array(z.email()).meta({ title: 'Blind copy' }),
    subject: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}]*$/u, 'a subject is one line')
      .meta({ title: 'Subject' }),
    text: z.string().min(1).max(10_000).meta({ title: 'Text' }),
  }),
  result: z.strictObject({ messageId: z.string() }),
  timeoutMs: 10_000,
  whenDown: 'A refusal for now is tried again; a mail of which nobody knows whether it went out goes to a person.',
  intent: ({ to }) => ({ effect: 'contact', target: to.toLowerCase() }),
  writesTo: ({ to }) => to,
});
