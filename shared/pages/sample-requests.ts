import type { Reading } from '../contracts/index.ts';
import type { RequestParts } from './request-view.ts';
import {
  action,
  decision,
  decisionSchema,
  digest,
  mailArguments,
  mailSchema,
  readings,
  request,
  sampleCase,
  sampleNowMs,
  turn,
  workflow,
} from './sample-lead.ts';

/** A hot lead: may this mail go out? */
export const hotLead: RequestParts = {
  request,
  case: sampleCase,
  action,
  workflow,
  sourceTitles: {
    'company-directory': 'Company directory',
    'crm-history': 'CRM history',
    'web-profile': 'Public profile',
  },
  argumentsSchema: mailSchema,
  turns: [turn],
  nowMs: sampleNowMs,
  person: 'anna.berg@acme.example',
};

/** A lead that the agent could not decide: one source gave half of what it should, one gave nothing. */
export const incompleteLead: RequestParts = {
  ...hotLead,
  request: {
    ...request,
    kind: 'decide-case',
    actionId: null,
    question: 'How should we treat the lead from Kappa Logistik GmbH?',
    reasons: ['The company directory gave incomplete data.', 'The lead score is exactly 7, between hot and warm.'],
    draft: { ...decision, tier: 'warm', score: 7 },
    verbs: ['approve', 'edit', 'respond'],
    openedAtMs: sampleNowMs - 200 * 60_000,
    remindAtMs: sampleNowMs - 80 * 60_000,
    deadlineMs: sampleNowMs + 40 * 60_000,
  },
  case: {
    ...sampleCase,
    input: {
      name: 'Günther Reß',
      company: 'Kappa Logistik GmbH',
      title: 'Leiter Disposition',
      email: 'g.ress@kappa-logistik.example',
      message: 'Bitte um Rückruf. Wir vergleichen gerade drei Anbieter.',
    },
    decision: { ...decision, tier: 'warm', score: 7 },
    confidence: 0.61,
    readings: [
      {
        ...readings[0],
        source: 'company-directory',
        status: 'incomplete',
        data: { country: 'DE' },
        problems: ['employees', 'industry'],
      } as Reading,
      {
        ...readings[1],
        source: 'web-profile',
        status: 'failed',
        data: null,
        problems: ['no answer within 3 seconds, tried 3 times'],
      } as Reading,
      ...readings.slice(1),
    ],
  },
  action: null,
  workflow: {
    ...workflow,
    subject: 'Günther Reß, Kappa Logistik GmbH',
    consequences: { deadline: 'the lead goes to the sales desk undecided' },
  },
  argumentsSchema: decisionSchema,
  turns: [
    {
      ...turn,
      status: 'degraded',
      fields: [
        { field: 'tier', confidence: 0.58, threshold: 0.85, because: ['compares three vendors'] },
        { field: 'score', confidence: 0.52, threshold: 0.8, because: ['no size known'] },
        { field: 'hasBuyingAuthority', confidence: 0.71, threshold: 0.85, because: ['“Leiter” leads a team'] },
      ],
      reasons: ['Interest is real; the size of the company is not known.'],
      doubts: ['The company’s size is missing, and the score rests on it.'],
    },
  ],
};

/** A decision made in shadow: what would the person have decided? */
export const shadowReview: RequestParts = {
  ...hotLead,
  request: {
    ...request,
    kind: 'review-decision',
    actionId: null,
    question: 'Is Maria Lindqvist a hot lead?',
    reasons: ['The workflow runs in shadow: people review every decision.'],
    draft: decision,
    verbs: ['approve', 'edit', 'reject'],
  },
  case: {
    ...sampleCase,
    settings: { ...sampleCase.settings, phase: 'shadow' },
    verdict: { kind: 'review', reasons: [] },
  },
  action: null,
  argumentsSchema: decisionSchema,
};

/** The hot lead's mail after somebody changed and approved it. */
export const settledLead: RequestParts = {
  ...hotLead,
  request: {
    ...request,
    state: 'answered',
    answer: {
      verb: 'edit',
      by: 'anna.berg@acme.example',
      proof: 'mail-code',
      channel: 'page',
      atMs: sampleNowMs - 3 * 60_000,
      reason: 'Shorter subject.',
      edits: { ...mailArguments, subject: '20 minutes on route planning?' },
      seen: digest,
      onBehalfOf: null,
      onPageMs: null,
    },
  },
  action: { ...action, state: 'done' },
};
