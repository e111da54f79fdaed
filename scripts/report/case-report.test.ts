import { expect, test } from 'vitest';
import type { CaseEvent } from '../../shared/contracts/index.ts';
import { chain, EMPTY_LEDGER } from '../../shared/domain/ledger.ts';
import { CaseStory } from '../runtime/case-story.ts';
import { caseReport } from './case-report.ts';

const CASE_ID = '0123456789abcdef0123456789abcdef';
const REQUEST_ID = 'fedcba9876543210fedcba9876543210';
const OPENED_AT = Date.UTC(2026, 10, 23, 8, 0, 0);
const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd: 0 };
const settings = { workflow: 'lead', revision: 0, phase: 'partial', paused: false, minimumConfidence: 0.8 } as const;
const versions = { workflow: 'a'.repeat(64), code: 'b'.repeat(64) };
const reading = {
  source: 'company-directory',
  status: 'incomplete',
  readAtMs: OPENED_AT,
  tookMs: 12,
  data: { found: true, employees: null },
  problems: ['number of employees'],
} as const;
const turn = {
  agent: 'qualifier',
  status: 'answered',
  tier: 'learned',
  model: 'learned-1',
  judgement: { buyingIntent: 'ready' },
  confidence: 0.91,
  fields: [{ field: 'buyingIntent', confidence: 0.91, threshold: 0.8, because: ['message: demo'] }],
  reasons: ['the message asks for a demo'],
  doubts: [],
  readings: [reading],
  usage,
  startedAtMs: OPENED_AT,
  tookMs: 30,
} as const;
const action = {
  id: 'send-mail#1',
  action: 'send-mail',
  title: 'Send the mail',
  tier: 'notify',
  mode: 'ask',
  arguments: { to: 'ada@example.com', text: 'Hello\nAda' },
  digest: 'c'.repeat(64),
  intent: { effect: 'mail', target: 'ada@example.com' },
  state: 'done',
  idempotencyKey: 'k',
  reasons: ['the workflow is in phase partial'],
  requestId: REQUEST_ID,
  result: { messageId: 'm1' },
} as const;
const answer = {
  verb: 'reject',
  by: 'lead@example.com',
  proof: 'mail-code',
  channel: 'page',
  atMs: OPENED_AT + 185_000,
  reason: 'known to us',
  edits: null,
  seen: 'd',
} as const;
const verdict = {
  kind: 'act',
  reasons: [{ code: 'phase-partial', text: 'The workflow is in phase partial.' }],
} as const;

const events: [number, unknown][] = [
  [
    0,
    {
      type: 'case-opened',
      workflow: 'lead',
      trigger: 'form',
      eventId: 'e1',
      input: {},
      problems: [],
      settings,
      versions,
    },
  ],
  [40, { type: 'turn-finished', round: 1, turn }],
  [185_000, { type: 'request-answered', requestId: REQUEST_ID, actionId: 'send-mail#1', answer }],
  [7_800_000, { type: 'case-closed', outcome: 'refused', costUsd: 0, tookMs: 7_800_000, personAsked: true }],
];

test('tells the whole story of a case', () => {
  expect(caseReport(story()).join('\n')).toBe(`Case ${CASE_ID}
  workflow    lead, by form (event e1)
  state       closed: refused
  opened      2026-11-23 08:00:00 UTC, closed 2 h 10 min later
  settings    phase partial, asks below 80 %, revision 0
  versions    workflow aaaaaaaaaaaa, code bbbbbbbbbbbb
  models      0 USD, 0 tokens in, 0 out

Facts
  name: Ada
  company-directory: incomplete (number of employees), read in 12 ms
    found: true
    employees: null

Turns
  qualifier: answered by learned-1 (learned), confidence 91 %, 30 ms, 0 USD
    buyingIntent: "ready", 91 % (needs 80 %): message: demo
    because the message asks for a demo

Decision
  by learned-1, confidence 91 %
  tier: hot
  verdict act
    The workflow is in phase partial. (phase-partial)

Actions
  send-mail#1 Send the mail: done (tier notify, ask)
    to: ada@example.com
    text:
      Hello
      Ada
    because the workflow is in phase partial
    result {"messageId":"m1"}

Requests
  approve-action ${REQUEST_ID}: answered
    Send this mail?
    because the workflow is in phase partial
    asked lead@example.com, until 2026-11-24 08:00:00 UTC
    lead@example.com: reject, by page (mail-code): known to us

Record
    1        +0.0 s  case opened by form in phase partial
    2        +0.0 s  agent qualifier answered by learned-1 in 30 ms, confidence 91 %
    3   +3 min 05 s  lead@example.com rejected (proved by mail-code): known to us
    4   +2 h 10 min  case closed: refused, models cost 0 USD`);
});

function story(): CaseStory {
  const id = CaseStory.shape.caseId.parse(CASE_ID);
  let cursor = EMPTY_LEDGER;
  const ledger = events.flatMap(([afterMs, event]) => {
    const entries = chain(id, cursor, [event as CaseEvent], OPENED_AT + afterMs);
    cursor = { seq: cursor.seq + 1, hash: entries[0]?.hash ?? '' };
    return entries;
  });
  return CaseStory.parse({
    caseId: id,
    chain: cursor,
    workflow: 'lead',
    trigger: 'form',
    eventId: 'e1',
    input: { name: 'Ada' },
    problems: [],
    state: 'closed',
    outcome: 'refused',
    settings,
    versions,
    decision: { tier: 'hot' },
    confidence: 0.91,
    decidedBy: 'learned-1',
    verdict,
    readings: [reading],
    round: 1,
    personAsked: true,
    usage,
    openedAtMs: OPENED_AT,
    closedAtMs: OPENED_AT + 7_800_000,
    actions: [action],
    requests: [
      {
        id: REQUEST_ID,
        caseId: id,
        workflow: 'lead',
        kind: 'approve-action',
        actionId: 'send-mail#1',
        question: 'Send this mail?',
        reasons: ['the workflow is in phase partial'],
        draft: {},
        digest: 'c',
        verbs: ['approve', 'reject'],
        people: ['lead@example.com'],
        nextPeople: [],
        openedAtMs: OPENED_AT,
        remindAtMs: OPENED_AT,
        deadlineMs: OPENED_AT + 86_400_000,
        state: 'answered',
        reminded: false,
        answer,
      },
    ],
    ledger,
  });
}
