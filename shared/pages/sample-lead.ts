import * as z from 'zod';
import { Action, Case, type JsonObject, PersonRequest, type Reading, type TurnResult } from '../contracts/index.ts';
import type { JsonSchema } from './json-schema.ts';
import type { WorkflowWords } from './request-view.ts';

/** Wednesday 4 November 2026, 13:12 UTC: an ordinary moment for pages that are looked at and tested. */
export const sampleNowMs = Date.UTC(2026, 10, 4, 13, 12);

export const digest = '4be1d7c0a95f3e2871f00c6d2b9a8e7f605142338d9caf10b7e6d5c4f3a29180';

export const workflow: WorkflowWords = {
  title: 'Lead qualification',
  team: 'Sales EMEA',
  subject: 'Maria Lindqvist, Nordvind AB',
  timeZone: 'Europe/Berlin',
  labels: {
    name: 'Name',
    company: 'Company',
    title: 'Job title',
    email: 'E-mail',
    message: 'Message',
    tier: 'Priority',
    score: 'Lead score',
    hasBuyingAuthority: 'Can decide to buy',
    isTargetSize: 'Company size fits',
    employees: 'Employees',
    techStack: 'Technology',
  },
  consequences: {
    approve: 'The mail goes to Maria now, exactly as shown.',
    deadline: 'no mail is sent and the lead goes to the sales desk',
  },
};

export const mailSchema: JsonSchema = asSchema(
  z.object({
    to: z.email().meta({ title: 'To' }),
    subject: z.string().min(1).max(120).meta({ title: 'Subject' }),
    body: z.string().min(1).max(5000).meta({ title: 'Text' }),
    meetingLink: z.url().meta({ title: 'Calendar link' }),
    replyTo: z.email().optional().meta({ title: 'Reply to' }),
  }),
);

export const decisionSchema: JsonSchema = asSchema(
  z.object({
    tier: z.enum(['hot', 'warm', 'cold']),
    score: z.int().min(0).max(10).meta({ description: '10 is a buyer who is ready today.' }),
    hasBuyingAuthority: z.boolean(),
    isTargetSize: z.boolean(),
    techStack: z.array(z.string()),
    note: z.string().optional().meta({ title: 'Note for the account' }),
  }),
);

export const mailArguments: JsonObject = {
  to: 'maria.lindqvist@nordvind.example',
  subject: 'Route planning at Nordvind: 20 minutes this week?',
  body: `Hi Maria,

thank you for your note about replacing the dispatch spreadsheets before the winter season. With 240 people and three depots, you are close to how Halden Freight worked when they started with us.

Would 20 minutes on Thursday or Friday suit you? Pick any slot here and I will bring the numbers from their first month:
https://meet.acme.example/sales/maria-lindqvist

Best regards,
Jonas Feld
Acme Routing`,
  meetingLink: 'https://meet.acme.example/sales/maria-lindqvist',
};

const input: JsonObject = {
  name: 'Maria Lindqvist',
  company: 'Nordvind AB',
  title: 'VP Operations',
  email: 'maria.lindqvist@nordvind.example',
  message:
    'We plan 140 routes a day in spreadsheets and want to change that before December. Can you show how dispatch works with three depots?',
};

export const decision: JsonObject = {
  tier: 'hot',
  score: 9,
  hasBuyingAuthority: true,
  isTargetSize: true,
  techStack: ['SAP', 'Azure'],
};

export const readings: Reading[] = [
  {
    source: 'company-directory',
    status: 'complete',
    readAtMs: sampleNowMs - 9 * 60_000,
    tookMs: 212,
    data: { employees: 240, industry: 'Freight', country: 'SE', techStack: ['SAP', 'Azure'], founded: 1987 },
    problems: [],
  },
  {
    source: 'crm-history',
    status: 'complete',
    readAtMs: sampleNowMs - 9 * 60_000,
    tookMs: 80,
    data: { contactedBefore: false, openDeals: 0 },
    problems: [],
  },
];

const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd: 0 };

export const turn: TurnResult = {
  agent: 'qualifier',
  status: 'answered',
  tier: 'learned',
  model: 'learned',
  judgement: decision,
  confidence: 0.92,
  fields: [
    { field: 'tier', confidence: 0.94, threshold: 0.85, because: ['asks for a demonstration', 'names a date'] },
    { field: 'score', confidence: 0.91, threshold: 0.8, because: ['140 routes a day'] },
    { field: 'hasBuyingAuthority', confidence: 0.97, threshold: 0.85, because: ['title “VP Operations”'] },
    { field: 'isTargetSize', confidence: 0.99, threshold: 0.85, because: ['240 employees, wanted are 50 to 500'] },
  ],
  reasons: ['A buyer with a date, a budget owner’s title and a team of the size that stays.'],
  doubts: [],
  readings,
  usage,
  startedAtMs: sampleNowMs - 10 * 60_000,
  tookMs: 340,
  cites: null,
  attempts: [],
  cap: null,
};

export const sampleCase: Case = Case.parse({
  id: '9f2c1ab04d7e6f83b5c0d1e2f3a49586',
  workflow: 'lead-qualification',
  trigger: 'contact-form',
  eventId: 'evt_8473',
  input,
  problems: [],
  state: 'waiting',
  outcome: null,
  settings: { workflow: 'lead-qualification', revision: 3, phase: 'partial', paused: false, minimumConfidence: 0.85 },
  versions: { workflow: 'a1b2', code: 'c3d4' },
  decision,
  confidence: 0.92,
  decidedBy: 'the learned model',
  verdict: { kind: 'act', reasons: [] },
  readings,
  round: 1,
  personAsked: true,
  usage,
  openedAtMs: sampleNowMs - 10 * 60_000,
  closedAtMs: null,
  ledger: { seq: 6, hash: '00' },
});

export const action: Action = Action.parse({
  id: 'send-meeting-mail#1',
  action: 'send-meeting-mail',
  title: 'Send a meeting mail',
  tier: 'approve',
  mode: 'ask',
  arguments: mailArguments,
  digest,
  intent: { effect: 'contact', target: 'maria.lindqvist@nordvind.example' },
  state: 'asked',
  idempotencyKey: 'key',
  reasons: [],
  requestId: null,
  result: null,
});

export const request: PersonRequest = PersonRequest.parse({
  id: '0123456789abcdef0123456789abcdef',
  caseId: sampleCase.id,
  workflow: 'lead-qualification',
  kind: 'approve-action',
  actionId: action.id,
  question: 'Send Maria Lindqvist a mail that offers a meeting?',
  reasons: ['Mails to customers need a yes in this phase.'],
  draft: mailArguments,
  digest,
  verbs: ['approve', 'edit', 'reject', 'respond'],
  people: ['anna.berg@acme.example'],
  nextPeople: ['ruth.kern@acme.example'],
  openedAtMs: sampleNowMs - 8 * 60_000,
  remindAtMs: sampleNowMs + 116 * 60_000,
  deadlineMs: sampleNowMs + 238 * 60_000,
  state: 'open',
  reminded: false,
  answer: null,
});

function asSchema(type: z.ZodType): JsonSchema {
  return z.toJSONSchema(type, { io: 'input' }) as JsonSchema;
}
