import * as z from 'zod';
import {
  action,
  defineWorkflow,
  event,
  type Facts,
  schedule,
  sequence,
  source,
  webhook,
} from '../../shared/authoring/index.ts';
import {
  addToList,
  companyDirectory,
  createCrmRecord,
  crmHistory,
  knowledgeBase,
  postToChannel,
  professionalProfile,
  removeFromList,
  sendMail,
} from '../../shared/connectors/definitions.ts';
import { factFor, studyFor } from './case-study.ts';
import { Lead, LeadDecision, LeadJudgement, OutreachJudgement } from './lead.ts';
import { meetingMail } from './meeting-mail.ts';
import { isSizeInRange, leadScore, leadTier, TARGET_SIZE } from './score.ts';
import { leadSignals } from './signals.ts';

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

const sources = {
  'company-directory': source({
    title: 'Company directory',
    connector: companyDirectory,
    isRequired: true,
    arguments: (lead: Lead) => ({ domain: domainOf(lead.email) }),
    missing: (company) => {
      if (!company.found) return ['company not found'];
      return company.employees === null ? ['number of employees'] : [];
    },
  }),
  'crm-history': source({
    title: 'CRM history',
    connector: crmHistory,
    isRequired: true,
    arguments: (lead: Lead) => ({ email: lead.email.toLowerCase() }),
  }),
  'professional-profile': source({
    title: 'Professional profile',
    connector: professionalProfile,
    isRequired: false,
    arguments: (lead: Lead) => ({ email: lead.email.toLowerCase() }),
    missing: (profile) => (profile.found ? [] : ['profile not found']),
  }),
  'case-studies': source({
    title: 'Case studies',
    connector: knowledgeBase,
    isRequired: false,
    arguments: ({ message }: Lead) => ({
      question: `${CASE_STUDIES} ${message}`.slice(0, LONGEST_QUESTION).toWellFormed(),
      atMost: 10,
    }),
  }),
};

/** Words that every case study has, so that all are found; the lead's own put those that speak of it first. */
const CASE_STUDIES = 'case study';
const LONGEST_QUESTION = 4_000;

/** Whether a first mail will be written at all: only then is it worth preparing. */
function isHot(judged: LeadJudgement, { sources: read }: Facts): boolean {
  const employees = Company.safeParse(read['company-directory']).data?.employees ?? null;
  return leadTier(leadScore(judged, employees)) === 'hot';
}
const Company = companyDirectory.data;

const actions = {
  'send-meeting-mail': action({
    title: 'Send the meeting mail',
    tier: 'approve',
    connector: sendMail,
    // Who has become a customer, or is talked to already, is not to be asked for a first meeting.
    pins: ['crm-history.stage'],
    // Over a long weekend, too.
    approval: { answerWithinHours: 96 },
  }),
  'post-to-sales-hot': action({ title: 'Post to #sales-hot', tier: 'autonomous', connector: postToChannel }),
  'create-crm-record': action({ title: 'Create the CRM record', tier: 'autonomous', connector: createCrmRecord }),
  'add-to-nurture': action({
    title: 'Add to the nurture sequence',
    tier: 'notify',
    connector: addToList,
    compensation: { action: 'take-off-list', arguments: ({ email, list }) => ({ email, list }) },
  }),
  'take-off-list': action({ title: 'Take off the list', tier: 'autonomous', connector: removeFromList }),
  'add-to-newsletter': action({ title: 'Add to the newsletter list', tier: 'autonomous', connector: addToList }),
};

/** The lead qualification of a B2B software company. The company, its people and all data are made up. */
export const leadQualification = defineWorkflow({
  id: 'lead-qualification',
  title: 'Lead qualification',
  summary: 'Scores a new lead and answers hot ones while they are warm.',
  team: {
    name: 'Sales',
    owner: 'sales-lead@remit.example',
    approvers: ['sales-lead@remit.example'],
    nextApprovers: ['sales-deputy@remit.example'],
    answerWithinHours: 24,
    channel: '#sales-approvals',
  },

  triggers: [
    webhook({
      id: 'contact-form',
      when: 'Form submission on the /contact page of the website',
      toInput: (form) => ({ ...form, channel: 'contact-form' }),
    }),
    event({
      id: 'inmail-reply',
      when: 'A prospect answers a LinkedIn InMail of the sales team',
      source: 'linkedin',
      detailType: 'InMail reply',
      toInput: ({ replyId: _replyId, ...reply }) => ({ ...reply, channel: 'linkedin' }),
    }),
    schedule({
      id: 'open-leads',
      when: 'Every working day at 8:00 for leads that were left open in the CRM',
      cron: 'cron(0 8 ? * MON-FRI *)',
      timezone: 'Europe/Berlin',
      each: { connector: 'sandbox.crm', list: 'open-leads' },
      toInput: (record) => ({ ...record, channel: 'crm' }),
    }),
  ],

  input: Lead,
  signals: leadSignals,
  subject: (lead) => `${lead.name}, ${lead.company}`,
  labels: {
    name: 'Name',
    email: 'E-mail',
    company: 'Company',
    title: 'Job title',
    message: 'Message',
    country: 'Country',
    website: 'Website',
    channel: 'Came by',
  },

  sources,
  agents: {
    qualifier: {
      title: 'Lead qualifier',
      instructions: 'qualifier.md',
      sources: ['company-directory', 'crm-history', 'professional-profile'],
      judgement: LeadJudgement,
      timeoutMs: 30_000,
    },
    outreach: {
      title: 'Outreach',
      instructions: 'outreach.md',
      sources: ['company-directory', 'crm-history', 'professional-profile', 'case-studies'],
      takes: z.object(LeadJudgement.pick({ buyingIntent: true, mentionsCompetitor: true }).shape),
      when: isHot,
      // Without an angle the mail is the one that fits everybody, and a person reads it either way.
      isRequired: false,
      judgement: OutreachJudgement,
      timeoutMs: 30_000,
    },
  },
  pattern: sequence('qualifier', 'outreach'),

  decision: LeadDecision,
  conclude: ({ need, opening, ...judged }, { sources: read }): LeadDecision => {
    const employees = read['company-directory']?.employees ?? null;
    const score = leadScore(judged, employees);
    const tier = leadTier(score);
    const decision = { companySizeInRange: isSizeInRange(employees), ...judged, score, tier };
    if (tier !== 'hot' || need === undefined) return decision;
    const study = studyFor(read['company-directory']?.industry ?? null, read['case-studies']?.articles ?? []);
    return {
      ...{ ...decision, need },
      ...(factFor(need, study) === null || study === null ? {} : { caseStudy: study.id }),
      ...(opening === undefined ? {} : { opening }),
    };
  },

  actions,
  plan: ({ tier, score, need = 'unstated', caseStudy, opening = null }, { input: lead, sources: read }, act) => {
    const record = { email: lead.email, name: lead.name, company: lead.company, title: lead.title, score };
    const employees = read['company-directory']?.employees ?? 'unknown';
    const cited = read['case-studies']?.articles.find(({ id }) => id === caseStudy) ?? null;
    switch (tier) {
      case 'hot':
        return [
          act('send-meeting-mail', meetingMail(lead, { need, fact: factFor(need, cited), opening })),
          act('post-to-sales-hot', {
            channel: '#sales-hot',
            text: `${lead.name} (${lead.title}) at ${lead.company}, ${employees} employees: score ${score}`,
          }),
          act('create-crm-record', { ...record, tag: 'hot' }),
        ];
      case 'warm':
        return [
          act('add-to-nurture', { email: lead.email, list: 'nurture-sequence' }),
          act('create-crm-record', { ...record, tag: 'warm' }),
        ];
      case 'cold':
        return [act('add-to-newsletter', { email: lead.email, list: 'newsletter' })];
    }
  },

  escalation: [
    {
      id: 'score-exactly-7',
      because: 'The score is exactly 7, on the border between warm and hot.',
      when: ({ score }) => score === 7,
    },
    {
      id: 'enterprise',
      because: `The company has more than ${TARGET_SIZE.largest} employees and needs an approach of its own.`,
      when: (_decision, { sources: read }) => (read['company-directory']?.employees ?? 0) > TARGET_SIZE.largest,
    },
    {
      id: 'competitor-or-urgency',
      because: 'The message mentions a competitor or is urgent.',
      when: ({ mentionsCompetitor, mentionsUrgency }) => mentionsCompetitor || mentionsUrgency,
    },
    {
      id: 'incomplete-enrichment',
      because: 'The company directory does not have complete data on this company.',
      when: (_decision, { sources: read }) => {
        const company = read['company-directory'];
        return company === null || company === undefined || !company.found || company.employees === null;
      },
    },
  ],

  caps: [{ id: 'meeting-mails-a-day', counts: 'effects', per: 'day', limit: 100, actions: ['send-meeting-mail'] }],
  rollout: {
    phase: 'partial',
    minimumConfidence: 0.8,
    minutesByHand: 12,
    aim: { title: 'From the lead to the meeting mail', action: 'send-meeting-mail' },
  },
  learned: {
    target: 0.9,
    fields: [
      { name: 'hasBuyingAuthority', kind: 'class' },
      { name: 'usesIntegratedStack', kind: 'class' },
      { name: 'buyingIntent', kind: 'class' },
      { name: 'mentionsCompetitor', kind: 'class' },
      { name: 'mentionsUrgency', kind: 'class' },
      { name: 'need', kind: 'class', required: false },
    ],
    features: {
      'input.name': 'ignore',
      'input.email': 'ignore',
      'input.company': 'ignore',
      'input.website': 'ignore',
      'input.title': 'text',
      'input.message': 'text',
      'sources.company-directory.employees': { cuts: [20, 50, 501, 1_001] },
      'sources.professional-profile.headline': 'text',
    },
  },
});
