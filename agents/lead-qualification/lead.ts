import * as z from 'zod';

/** Someone who got in touch. */
export const Lead = z.object({
  name: z.string().trim().min(1, 'a lead has a name').max(200).meta({ personal: true }),
  email: z.email('a lead has a valid e-mail address').max(254).meta({ personal: true, identifies: true }),
  company: z.string().trim().min(1, 'a lead names a company').max(200),
  title: z.string().trim().max(200),
  message: z.string().max(10_000),
  country: z.exactOptional(z.string().max(100)),
  website: z.exactOptional(z.string().max(300)),
  channel: z.enum(['contact-form', 'linkedin', 'crm']),
});
export type Lead = z.infer<typeof Lead>;

/** What takes judgement: an agent answers these, a person can correct each. */
export const LeadJudgement = z.strictObject({
  hasBuyingAuthority: z.boolean().describe('Does the job indicate that this person can buy or decide what is bought?'),
  usesIntegratedStack: z.boolean().describe('Do they use at least one system that we integrate with?'),
  buyingIntent: z
    .enum(['none', 'curious', 'evaluating', 'ready'])
    .describe(
      'none: spam, applications, support; curious: looking around; evaluating: asks for specifics; ready: wants demo, price or contract',
    ),
  mentionsCompetitor: z.boolean().describe('Does the message mention a competing product in use or under evaluation?'),
  mentionsUrgency: z.boolean().describe('Does the message ask for something about buying by a date or soon?'),
});
export type LeadJudgement = z.infer<typeof LeadJudgement>;

/** What the first mail to a hot lead takes up. */
export const Need = z.enum(['planning', 'booking', 'billing', 'whole', 'systems', 'unstated']);
export type Need = z.infer<typeof Need>;

/** What the outreach agent answers about a hot lead. */
export const OutreachJudgement = z.strictObject({
  need: Need.describe(
    'planning: their own people, vehicles, rooms or machines; booking: appointments of their customers; billing: their invoices; ' +
      'whole: planning or booking together with billing; systems: integrations, security, terms, and no need besides; ' +
      'unstated: demo, price or chat without saying what for',
  ),
  opening: z.exactOptional(
    z
      .string()
      .max(400)
      .describe('One or two sentences that open the mail, at most 240 characters, without link or address'),
  ),
});
export type OutreachJudgement = z.infer<typeof OutreachJudgement>;

/** The whole decision: the five questions of lead qualification and what the escalation rules need. */
export const LeadDecision = z.strictObject({
  companySizeInRange: z.boolean().meta({ title: 'Company size in range (50-500)' }),
  hasBuyingAuthority: z.boolean().meta({ title: 'Buying authority' }),
  usesIntegratedStack: z.boolean().meta({ title: 'Stack we integrate with' }),
  buyingIntent: z.enum(['none', 'curious', 'evaluating', 'ready']).meta({ title: 'Buying intent' }),
  mentionsCompetitor: z.boolean().meta({ title: 'Mentions a competitor' }),
  mentionsUrgency: z.boolean().meta({ title: 'Mentions urgency' }),
  score: z.int().min(0).max(10).meta({ title: 'Lead score (0-10)' }),
  tier: z.enum(['hot', 'warm', 'cold']).meta({ title: 'Priority' }),
  need: z.exactOptional(Need.meta({ title: 'Need that the mail takes up (hot leads)' })),
  caseStudy: z.exactOptional(z.string().max(60).meta({ title: 'Case study that the mail cites' })),
  opening: z.exactOptional(z.string().max(400).meta({ title: 'Opening of the mail, in words of the agent' })),
});
export type LeadDecision = z.infer<typeof LeadDecision>;
