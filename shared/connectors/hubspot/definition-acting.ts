import * as z from 'zod';
import { defineActionConnector } from '../../authoring/index.ts';
import { HUBSPOT, HUBSPOT_ID } from './definition-traits.ts';

const ContactId = z.string().regex(HUBSPOT_ID).meta({ title: 'Contact' });
const Line = z.string().max(200);
/** `in` says whether HubSpot has it or the stand-in of this deployment. */
const Written = z.object({ recordId: z.string(), in: z.enum(['hubspot', 'sandbox']) });

/** Creates a contact or changes the one with this address. The address is the key: done twice, it leaves one contact. */
export const upsertHubspotContact = defineActionConnector({
  id: 'hubspot.upsert-contact',
  ...HUBSPOT,
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    email: z.email().meta({ title: 'E-mail' }),
    name: Line.meta({ title: 'Name' }),
    company: Line.meta({ title: 'Company' }),
    title: Line.meta({ title: 'Job title' }),
    stage: z.enum(['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity']).meta({
      title: 'Stage',
    }),
  }),
  result: Written,
  intent: ({ email }) => ({ effect: 'record', target: email.toLowerCase() }),
  whenDown: 'It is tried again, since the address is the key; then a person decides.',
});

/** Puts a note on a contact. HubSpot knows no key for it; archiving the note takes it back. */
export const createHubspotNote = defineActionConnector({
  id: 'hubspot.create-note',
  ...HUBSPOT,
  effect: 'reversible',
  idempotency: 'none',
  arguments: z.strictObject({
    contactId: ContactId,
    text: z.string().min(1).max(10_000).meta({ title: 'Note' }),
  }),
  result: Written,
  intent: ({ contactId }) => ({ effect: 'note', target: contactId }),
  whenDown: 'Too many calls are tried again; a note of which nobody knows whether it is there goes to a person.',
});

/** Opens a deal for a contact. HubSpot knows no key for it; archiving the deal takes it back. */
export const createHubspotDeal = defineActionConnector({
  id: 'hubspot.create-deal',
  ...HUBSPOT,
  effect: 'reversible',
  idempotency: 'none',
  arguments: z.strictObject({
    contactId: ContactId,
    name: Line.min(1).meta({ title: 'Name of the deal' }),
    pipeline: z.string().max(80).meta({ title: 'Pipeline' }),
    stage: z.string().max(80).meta({ title: 'Stage' }),
    /** In the currency of the HubSpot account, as HubSpot writes it: `1200.50`. */
    amount: z
      .string()
      .regex(/^\d{1,12}(?:\.\d{1,2})?$/)
      .nullable()
      .meta({ title: 'Amount' }),
  }),
  result: Written,
  intent: ({ contactId, name }) => ({ effect: 'deal', target: `${contactId} ${name}` }),
  whenDown: 'Too many calls are tried again; a deal of which nobody knows whether it is there goes to a person.',
});

/** Moves a deal to another stage. Done twice, it leaves what once leaves. */
export const moveHubspotDeal = defineActionConnector({
  id: 'hubspot.move-deal',
  ...HUBSPOT,
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    dealId: z.string().regex(HUBSPOT_ID).meta({ title: 'Deal' }),
    stage: z.string().min(1).max(80).meta({ title: 'Stage' }),
  }),
  result: Written,
  intent: ({ dealId, stage }) => ({ effect: `stage:${stage}`, target: dealId }),
  whenDown: 'It is tried again, since a repeat changes nothing more; then a person decides.',
});

/** Archives a note or a deal, which takes it back; HubSpot keeps what is archived for 90 days. */
export const archiveHubspotRecord = defineActionConnector({
  id: 'hubspot.archive-record',
  ...HUBSPOT,
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    kind: z.enum(['notes', 'deals']).meta({ title: 'Kind' }),
    recordId: z.string().regex(HUBSPOT_ID).meta({ title: 'Record' }),
  }),
  result: Written,
  intent: ({ kind, recordId }) => ({ effect: `archive:${kind}`, target: recordId }),
  whenDown: 'It is tried again, since a repeat changes nothing more; then a person decides.',
});
