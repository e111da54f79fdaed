import * as z from 'zod';
import { action, defineWorkflow, event, orchestrator, plainFacts, webhook } from '../../shared/authoring/index.ts';
import { postToChannel, sendMail } from '../../shared/connectors/definitions.ts';
import { Assessment, Company, Draft, Found, type Partner, Report, ReportDecision } from './company.ts';
import { givesOrders, isOwnAddress, pagesWithOrders, unprovedClaims } from './proof.ts';
import { ResearchRequest, requestFrom } from './request.ts';
import { companySignals } from './signals.ts';
import { sources } from './sources.ts';

const CHANNEL = '#partnerships';

const actions = {
  'post-report': action({ title: 'Post the report', tier: 'autonomous', connector: postToChannel }),
  'send-outreach': action({
    title: 'Write to a company',
    tier: 'approve',
    connector: sendMail,
    approval: { answerWithinHours: 72 },
  }),
};

/** Where a model is configured it is asked; where none is, and this machine allows it, a script plays. */
const ASKS_CLAUDE = [{ tier: 'smart' }, { tier: 'scripted' }] as const;

/**
 * Finds companies to work with. A planner leads a researcher, an assessor and a drafter; nobody outside is written to
 * without a person. The company that looks for partners, those that are found, and all data are made up.
 */
export const partnerResearch = defineWorkflow({
  id: 'partner-research',
  title: 'Partner research',
  summary: 'Finds companies that could become partners, proves what it says of them, and asks before it writes to any.',
  team: {
    name: 'Partnerships',
    owner: 'partner-lead@remit.example',
    approvers: ['partner-lead@remit.example'],
    nextApprovers: ['partner-deputy@remit.example'],
    answerWithinHours: 48,
    channel: '#partner-approvals',
  },

  triggers: [
    webhook({
      id: 'request-form',
      when: 'A colleague asks for potential partners by the form on the intranet',
      toInput: requestFrom,
    }),
    event({
      id: 'request-event',
      when: 'Another system of ours asks for potential partners on the bus',
      source: 'intranet',
      detailType: 'Partners wanted',
      toInput: requestFrom,
    }),
  ],

  input: ResearchRequest,
  subject: ({ text }) => text.slice(0, 120),
  labels: {
    text: 'Text',
    wanted: 'Partners wanted',
    askedBy: 'Asked by',
    requestId: 'Request',
    summary: 'Summary',
    partners: 'Partners',
    name: 'Company',
    domain: 'Domain',
    kind: 'Kind of partnership',
    claims: 'Why, and where that stands',
    claim: 'Claim',
    quote: 'Quote',
    source: 'Read in',
    ref: 'At',
    contact: 'Contact',
    subject: 'Subject of the mail',
    passedOver: 'Looked at, and not proposed',
    because: 'Because',
    unproved: 'Claims that nothing read bears',
  },
  caseKey: ({ text }) => text.toLowerCase(),

  sources,
  agents: {
    planner: {
      title: 'Planner',
      instructions: 'planner.md',
      sources: [],
      judgement: Report,
      timeoutMs: 60_000,
      cascade: ASKS_CLAUDE,
    },
    researcher: {
      title: 'Researcher',
      instructions: 'researcher.md',
      sources: ['web-search', 'trade-press', 'company-register', 'crm-history'],
      takes: z.object({
        look: z.string().min(3).max(500).describe('What to look for, and where; another wording than before'),
        sought: z.string().min(2).max(100).describe('The industry, in one word'),
        known: z.array(z.string()).max(20).describe('Domains that were found already'),
      }),
      judgement: z.strictObject({ companies: z.array(Found).max(6) }),
      mostReadings: 20,
      timeoutMs: 120_000,
      cascade: ASKS_CLAUDE,
    },
    assessor: {
      title: 'Assessor',
      instructions: 'assessor.md',
      sources: [],
      takes: z.object({ companies: z.array(Company).min(1).max(10) }),
      judgement: z.strictObject({ assessments: z.array(Assessment) }),
      each: {
        ...{ of: 'companies', as: 'assessments', repeats: ['domain'] },
        signals: (_plain, company) => companySignals(plainFacts(Company.parse(company))),
        labels: (company, report) => labelsOf(Company.parse(company), ReportDecision.parse(report)),
      },
      cascade: [{ tier: 'learned' }, { tier: 'fast' }, { tier: 'smart' }],
    },
    drafter: {
      title: 'Drafter',
      instructions: 'drafter.md',
      sources: [],
      takes: z.object({
        companies: z
          .array(
            z.object({ name: z.string(), domain: z.string(), kind: z.string(), known: z.array(z.string()).max(6) }),
          )
          .min(1)
          .max(5),
      }),
      judgement: z.strictObject({ drafts: z.array(Draft).max(5) }),
      cascade: ASKS_CLAUDE,
    },
  },
  pattern: orchestrator({
    leader: 'planner',
    leads: ['researcher', 'assessor', 'drafter'],
    most: { turns: 12, calls: 60, costUsd: 1 },
  }),

  decision: ReportDecision,
  conclude: (report, { readings = [] }) => ({ ...report, unproved: unprovedClaims(report.partners, readings) }),

  actions,
  plan: ({ partners }, { input: { text }, readings = [] }, act) => [
    act('post-report', { channel: CHANNEL, text: reportLine(text, partners) }),
    ...partners
      .filter((partner) => mayBeWrittenTo(partner) && isOwnAddress(partner, readings))
      .map(({ contact, subject, text: mail }) => act('send-outreach', { to: contact, bcc: [], subject, text: mail })),
  ],

  escalation: [
    {
      id: 'unproved-claim',
      because: 'A claim rests on nothing that was read, or not in those words.',
      when: ({ partners }, { readings = [] }) => unprovedClaims(partners, readings).length > 0,
    },
    {
      id: 'strange-address',
      because: 'A contact is not an address of the company itself that was read. It is not written to.',
      when: ({ partners }, { readings = [] }) =>
        partners.some((partner) => partner.contact !== '' && !isOwnAddress(partner, readings)),
    },
    {
      id: 'in-touch',
      because: 'Our CRM knows one of these companies already.',
      when: ({ partners }, { readings = [] }) =>
        readings.some(
          ({ source: of, arguments: { email }, data }) =>
            of === 'crm-history' && data['stage'] !== 'none' && partners.some(({ contact }) => contact === email),
        ),
    },
    {
      id: 'not-registered',
      because: 'The register does not know one of these companies, or was not asked.',
      when: ({ partners }, { readings = [] }) =>
        partners.some(
          ({ domain }) =>
            !readings.some(
              ({ source: of, arguments: asked, data }) =>
                of === 'company-register' && asked['domain'] === domain && data['found'] === true,
            ),
        ),
    },
    {
      id: 'named-twice',
      because: 'The report names one company twice.',
      when: ({ partners }) => new Set(partners.map(({ domain }) => domain)).size < partners.length,
    },
    {
      id: 'too-few',
      because: 'Fewer were found than were asked for.',
      when: ({ partners }, { input: { wanted } }) => partners.length < wanted,
    },
    {
      id: 'asks-for-more',
      because: "The request holds orders that are nobody's to give by a form.",
      when: (_report, { input: { text } }) => givesOrders(text),
    },
    {
      id: 'page-gives-orders',
      because: 'A page that was read holds orders to whoever reads it. They count for nothing.',
      when: (_report, { readings = [] }) => pagesWithOrders(readings).length > 0,
    },
  ],

  segments: [
    {
      id: 'all-found',
      title: 'As many as were asked for',
      when: ({ partners }, { input }) => partners.length >= input.wanted,
    },
  ],
  caps: [
    { id: 'mails-a-day', counts: 'effects', per: 'day', limit: 10, actions: ['send-outreach'] },
    { id: 'models-a-case', counts: 'model-cost', per: 'case', limit: 2 },
  ],
  rollout: { phase: 'partial', minimumConfidence: 0.8, minutesByHand: 180 },
  learned: {
    target: 0.9,
    fields: [
      { name: 'fit', kind: 'class' },
      { name: 'kind', kind: 'class' },
      { name: 'conflict', kind: 'class' },
    ],
    features: {
      'input.name': 'ignore',
      'input.domain': 'ignore',
      'input.sought': 'category',
      'input.offers': 'text',
      'input.industry': 'category',
      'input.country': 'ignore',
      'input.employees': 'ignore',
      'input.isRegistered': 'ignore',
      'input.crmStage': 'ignore',
      'input.news': 'text',
    },
  },
});

/** Whom a person reports as a partner fits, as that, and nothing speaks against it. Whom they leave out may have many reasons. */
function labelsOf({ domain }: Company, { partners }: ReportDecision) {
  const partner = partners.find((one) => one.domain === domain);
  return partner === undefined ? {} : { fit: 'yes', kind: partner.kind, conflict: 'none' };
}

function mayBeWrittenTo({ contact, subject, text }: Partner): boolean {
  return contact !== '' && subject !== '' && text !== '';
}

function reportLine(asked: string, partners: readonly Partner[]): string {
  const found = partners.map(({ name, kind, domain }) => `${name} (${kind}, ${domain})`).join(', ');
  return `${plainLine(asked)}: ${found === '' ? 'nobody was found' : plainLine(found)}`.slice(0, 3_000);
}

function plainLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}
