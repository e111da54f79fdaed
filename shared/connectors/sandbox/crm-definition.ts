import * as z from 'zod';
import { defineActionConnector, defineSourceConnector } from '../../authoring/index.ts';

/** Whether and how a person has been in touch before. */
export const crmHistory = defineSourceConnector({
  id: 'sandbox.crm-history',
  arguments: z.strictObject({ email: z.string() }),
  data: z.object({
    stage: z.enum(['none', 'open', 'customer', 'lost']),
    contactedBefore: z.boolean(),
    lastContactDays: z.int().min(0).nullable(),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});

/** Creates or replaces the record of a person. Deleting the record takes it back. */
export const createCrmRecord = defineActionConnector({
  id: 'sandbox.crm-create-record',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    email: z.email().meta({ title: 'E-mail' }),
    name: z.string().max(200).meta({ title: 'Name' }),
    company: z.string().max(200).meta({ title: 'Company' }),
    title: z.string().max(200).meta({ title: 'Job title' }),
    tag: z.enum(['hot', 'warm']).meta({ title: 'Tag' }),
    score: z.int().min(0).max(10).meta({ title: 'Lead score' }),
  }),
  result: z.strictObject({ recordId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ email }) => ({ effect: 'record', target: email.toLowerCase() }),
});

/** A person and a mailing list. */
const ListEntry = z.strictObject({
  email: z.email().meta({ title: 'E-mail' }),
  list: z.enum(['nurture-sequence', 'newsletter']).meta({ title: 'List' }),
});

/** Takes a person off a mailing list. */
export const removeFromList = defineActionConnector({
  id: 'sandbox.crm-remove-from-list',
  effect: 'reversible',
  idempotency: 'key',
  arguments: ListEntry,
  result: z.strictObject({ list: z.string() }),
  timeoutMs: 5_000,
  intent: ({ email, list }) => ({ effect: `off-list:${list}`, target: email.toLowerCase() }),
});

/** Puts a person on a mailing list: the nurture sequence or the newsletter. Taking them off takes it back. */
export const addToList = defineActionConnector({
  id: 'sandbox.crm-add-to-list',
  effect: 'reversible',
  idempotency: 'key',
  arguments: ListEntry,
  result: z.strictObject({ list: z.string() }),
  timeoutMs: 5_000,
  intent: ({ email, list }) => ({ effect: `list:${list}`, target: email.toLowerCase() }),
});
