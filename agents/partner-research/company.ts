import * as z from 'zod';

export const KINDS = ['reseller', 'integration', 'implementation', 'referral', 'none'] as const;
export const FITS = ['yes', 'unclear', 'no'] as const;
export const CONFLICTS = ['none', 'competitor', 'customer', 'gone', 'entangled'] as const;

/** A domain as it stands in an address, without anything around it. */
const Domain = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain, such as brick.example');

/** A company as it was read of, for judging whether it fits. */
export const Company = z.object({
  name: z.string().min(1).max(200),
  domain: Domain,
  sought: z.string().min(1).max(100).describe('The industry that partners are sought in, in one word'),
  offers: z.string().max(2_000).describe('What it says that it does, in its own words'),
  industry: z.string().max(100).describe('As the register has it; empty where it does not know the company'),
  country: z.string().max(100),
  employees: z.int().min(0).nullable(),
  isRegistered: z.boolean().describe('Whether the register knows the company'),
  crmStage: z.enum(['none', 'open', 'customer', 'lost']).describe('As our own CRM has its contact'),
  news: z.string().max(2_000).describe('What others wrote of it; empty for nothing'),
});
export type Company = z.infer<typeof Company>;

const verdict = {
  fit: z
    .enum(FITS)
    .describe('yes: it serves companies of the sought industry, and could work with us; unclear: too little is known'),
  kind: z
    .enum(KINDS)
    .describe(
      'reseller: sells the software of others; integration: makes software that works beside ours; implementation: ' +
        'introduces software at companies, trains or advises them; referral: an association, network or adviser that can ' +
        'recommend us; none: nothing of these',
    ),
  conflict: z
    .enum(CONFLICTS)
    .describe(
      'competitor: sells scheduling and billing itself; customer: is one of ours; gone: insolvent, dissolved, closed; ' +
        'entangled: belongs to a competitor, or is another name of a company that we deal with; none',
    ),
};

/** Whether one company fits, and as what. */
export const Assessment = z.strictObject({ domain: Domain, ...verdict });
export type Assessment = z.infer<typeof Assessment>;

/** One thing that is said of a company, and where that stands. */
export const Claim = z.strictObject({
  claim: z.string().min(1).max(300).meta({ title: 'Claim' }),
  source: z.enum(['web-search', 'trade-press', 'company-register', 'crm-history']).meta({ title: 'Read in' }),
  ref: z
    .string()
    .max(500)
    .describe('The address of the page; the domain in the register; the e-mail address in the CRM')
    .meta({ title: 'At' }),
  quote: z
    .string()
    .min(1)
    .max(500)
    .describe('Words exactly as they stand there; of register and CRM, one value')
    .meta({ title: 'Quote' }),
});
export type Claim = z.infer<typeof Claim>;

/** A company that was found, with what bears each claim. */
export const Found = z.strictObject({
  ...Company.shape,
  claims: z.array(Claim).min(1).max(6),
  /** An address that a page of its own names; empty where none was read. */
  contact: z.union([z.email(), z.literal('')]),
});
export type Found = z.infer<typeof Found>;

/** A mail to one company, as it would go out. */
export const Draft = z.strictObject({
  domain: Domain,
  subject: z
    .string()
    .min(1)
    .max(150)
    .regex(/^[^\p{Cc}]*$/u, 'a subject is one line'),
  text: z.string().min(1).max(4_000),
});
export type Draft = z.infer<typeof Draft>;

/** A company as the report proposes it. */
export const Partner = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Company' }),
  domain: Domain.meta({ title: 'Domain' }),
  kind: verdict.kind.meta({ title: 'Kind of partnership' }),
  claims: z.array(Claim).min(1).max(6).meta({ title: 'Why, and where that stands' }),
  contact: z.union([z.email(), z.literal('')]).meta({ title: 'Contact (empty for none)' }),
  subject: z.string().max(150).meta({ title: 'Subject of the mail' }),
  text: z.string().max(4_000).meta({ title: 'Mail (empty for none)' }),
});
export type Partner = z.infer<typeof Partner>;

const report = {
  summary: z.string().min(1).max(2_000).meta({ title: 'Summary' }),
  partners: z.array(Partner).max(5).meta({ title: 'Partners' }),
  passedOver: z
    .array(z.strictObject({ name: z.string().max(200), because: z.string().max(300) }))
    .max(20)
    .meta({ title: 'Looked at, and not proposed' }),
};

/** What the leader reports. */
export const Report = z.strictObject(report);
export type Report = z.infer<typeof Report>;

/** The report, with what the check of its citations found. */
export const ReportDecision = z.strictObject({
  ...report,
  unproved: z.array(z.string()).meta({ title: 'Claims that nothing read bears' }),
});
export type ReportDecision = z.infer<typeof ReportDecision>;
