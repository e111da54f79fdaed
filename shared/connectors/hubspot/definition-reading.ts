import * as z from 'zod';
import { defineSourceConnector } from '../../authoring/index.ts';
import { HUBSPOT_ID, HUBSPOT_SEARCH } from './definition-traits.ts';

const Field = z.string().nullable();

/** What the CRM knows of a person, found by e-mail address. */
export const hubspotContact = defineSourceConnector({
  id: 'hubspot.contact',
  ...HUBSPOT_SEARCH,
  arguments: z.strictObject({ email: z.email() }),
  data: z.object({
    found: z.boolean(),
    contactId: Field,
    name: Field,
    company: Field,
    title: Field,
    /** HubSpot's life-cycle stage, such as `lead` or `customer`. */
    stage: Field,
    lastContactedAt: Field,
  }),
  attempts: 3,
});

/** The deals of a contact, newest first, ten at most. */
export const hubspotDeals = defineSourceConnector({
  id: 'hubspot.deals',
  ...HUBSPOT_SEARCH,
  arguments: z.strictObject({ contactId: z.string().regex(HUBSPOT_ID) }),
  data: z.object({
    total: z.int(),
    deals: z.array(z.object({ dealId: z.string(), name: Field, stage: Field, amount: Field })),
  }),
  attempts: 3,
});
