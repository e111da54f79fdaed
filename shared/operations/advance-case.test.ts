import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../test/support/asked-lead.ts';
import { aTurn } from '../../test/support/domain-examples.ts';
import {
  CASE_ID,
  caseStart,
  type DecidedLead,
  decidedLead,
  HOT,
  READABLE,
  settingsIn,
  WARM,
} from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import type { AnswerCommand } from '../domain/answers.ts';
import { verifyChain } from '../domain/ledger.ts';
import { advanceCase } from './advance-case.ts';
import { openCase } from './open-case.ts';
import { settleRequest } from './settle-request.ts';

const UNSURE = { answer: { confidence: 0.5 } };
const DECISION = { companySizeInRange: true, ...HOT, score: 9, tier: 'hot' };

/** A case that a person has to decide, and what followed from the answer. */
async function personDecided(change: Partial<AnswerCommand>) {
  const { ports, opened, advanced } = await decidedLead(UNSURE);
  const requestId = await ask(ports, { kind: 'decide-case', actionId: null });
  await reply(ports, requestId, change);
  return judgedPerson({ ports, opened, advanced }, requestId);
}

async function judgedPerson({ ports, opened, advanced }: DecidedLead, requestId: string) {
  const input = {
    pinned: opened.pinned,
    cursor: advanced.cursor,
    round: 2,
    turns: [],
    requestId,
    failure: null,
    resume: null,
  };
  const next = await advanceCase.run(ports, input);
  return { ports, next, head: await ports.cases.get(CASE_ID), repeat: () => advanceCase.run(ports, input) };
}

describe('a round of agents', () => {
  it('acts where it may, with the decision on record and each action proposed', async () => {
    const { ports, advanced } = await decidedLead();
    expect(advanced).toMatchObject({ next: 'act', round: 1, outcome: null });
    expect(advanced.actions).toEqual([
      { actionId: 'send-meeting-mail#1', mode: 'ask' },
      { actionId: 'post-to-sales-hot#2', mode: 'perform' },
      { actionId: 'create-crm-record#3', mode: 'perform' },
    ]);
    const head = await ports.cases.get(CASE_ID);
    expect(head).toMatchObject({ round: 1, decision: DECISION, confidence: 0.95, decidedBy: 'qualifier (scripted)' });
    expect((await ports.cases.actions(CASE_ID)).map(({ state }) => state)).toEqual([
      'proposed',
      'proposed',
      'proposed',
    ]);
    expect(verifyChain(await ports.cases.ledger(CASE_ID), head?.ledger)).toMatchObject({ ok: true, entries: 3 });
    expect(ports.telemetry.sum('Decisions')).toBe(1);
  });

  it.each<[string, Parameters<typeof decidedLead>[0], string]>([
    ['of little confidence', UNSURE, 'low-confidence'],
    ['with a doubt of the model', { answer: { doubts: ['unlike the examples'] } }, 'model-doubt'],
    ['that failed', { answer: { status: 'failed', judgement: null } }, 'agent-failed'],
    ['whose rule holds', { judgement: { ...HOT, mentionsUrgency: true } }, 'rule:competitor-or-urgency'],
    [
      'without a required source',
      { sources: { ...READABLE, 'sandbox.crm-history': [{ fails: 'down' }] } },
      'missing-source:crm-history',
    ],
  ])('%s asks a person, proposes nothing, and keeps its draft', async (_what, script, code) => {
    const { ports, advanced } = await decidedLead(script);
    expect(advanced).toMatchObject({ next: 'ask', actions: [], outcome: null });
    expect((await ports.cases.get(CASE_ID))?.verdict?.reasons.map((reason) => reason.code)).toContain(code);
    expect(await ports.cases.actions(CASE_ID)).toEqual([]);
    expect(ports.telemetry.sum('Escalations')).toBe(1);
  });

  it('is reviewed in shadow, and nothing is proposed', async () => {
    const { ports, advanced } = await decidedLead({ phase: 'shadow' });
    expect(advanced).toMatchObject({ next: 'review', actions: [] });
    expect(await ports.cases.actions(CASE_ID)).toEqual([]);
  });

  it('goes by the settings that were pinned, and asks for what the switch has stopped since', async () => {
    const { ports, opened } = await decidedLead();
    expect(opened.pinned.settings).toEqual(settingsIn('partial'));
    ports.settings.set(settingsIn('full'));
    expect((await ports.cases.get(CASE_ID))?.settings.phase).toBe('partial');
  });

  it('judged twice gives the answer that is on record, whatever comes the second time', async () => {
    const { ports, opened, advanced } = await decidedLead();
    const { pinned, cursor, round } = opened;
    for (const turns of [[aTurn()], [aTurn({ confidence: 0.1, judgement: WARM })]]) {
      const again = await advanceCase.run(ports, {
        pinned,
        cursor,
        round,
        turns,
        requestId: null,
        failure: null,
        resume: null,
      });
      // What the end needs to know is of the try that wrote; after a repeat the case is read.
      expect(again).toEqual({ ...advanced, ending: null });
    }
    expect(await ports.cases.ledger(CASE_ID)).toHaveLength(3);
  });

  it('without turns asks a person, with what failed and with what does not fit', async () => {
    const broken = { step: 'execution', problem: 'States.Timeout' };
    for (const [problems, failure] of [
      [['email: no'], null],
      [[], broken],
    ] as const) {
      const ports = memoryPorts();
      const { pinned, cursor, round } = await openCase.run(ports, caseStart({ problems: [...problems] }));
      const next = await advanceCase.run(ports, {
        pinned,
        cursor,
        round,
        turns: [],
        requestId: null,
        failure,
        resume: null,
      });
      expect(next).toMatchObject({ next: 'ask', actions: [] });
      const [reason] = (await ports.cases.get(CASE_ID))?.verdict?.reasons ?? [];
      expect(reason?.text).toMatch(/email: no|States\.Timeout/);
    }
  });
});

describe('a round of a person', () => {
  it('approves the draft: its actions are proposed under their own tiers', async () => {
    const { ports, next, head, repeat } = await personDecided({ verb: 'approve' });
    expect(next).toMatchObject({ next: 'act', round: 2, outcome: null });
    expect(next.actions.map(({ actionId, mode }) => [actionId, mode])).toEqual([
      ['send-meeting-mail#101', 'ask'],
      ['post-to-sales-hot#102', 'perform'],
      ['create-crm-record#103', 'perform'],
    ]);
    expect(head).toMatchObject({ decision: DECISION, decidedBy: 'sales-lead@remit.example', round: 2, confidence: 1 });
    expect(await repeat()).toEqual(next);
    expect(ports.effects.calls).toBe(0);
  });

  it('puts another decision in place of the draft', async () => {
    const cold = { ...DECISION, score: 2, tier: 'cold' };
    const { next, head } = await personDecided({ verb: 'edit', edits: cold });
    expect(next.actions.map(({ actionId }) => actionId)).toEqual(['add-to-newsletter#101']);
    expect(head?.decision).toEqual(cold);
  });

  it.each([
    ['reject', 'refused'],
    ['take-over', 'left-to-person'],
  ] as const)('to %s closes the case as %s, with the draft still in view', async (verb, outcome) => {
    const { next, head, repeat } = await personDecided({ verb, reason: 'I know her' });
    expect(next).toMatchObject({ next: 'close', outcome, actions: [] });
    expect(head?.decision).toEqual(DECISION);
    expect(await repeat()).toEqual(next);
  });

  it('to respond hands the case back to the agents, who know what was said', async () => {
    const { next, head, ports, repeat } = await personDecided({ verb: 'respond', reason: 'She is a customer already' });
    expect(next).toMatchObject({ next: 'agents', turns: [{ agent: 'qualifier' }], outcome: null, actions: [] });
    expect(next.notes).toEqual([
      { by: 'sales-lead@remit.example', atMs: expect.any(Number), text: 'She is a customer already' },
    ]);
    expect(head).toMatchObject({ notes: next.notes, decision: DECISION });
    const handed = (await ports.cases.ledger(CASE_ID)).filter(({ event }) => event.type === 'case-handed-back');
    expect(handed).toHaveLength(1);
    expect(await repeat()).toEqual(next);
  });

  it('adds what the next answer of the agents costs to what the first one did', async () => {
    const usage = { inputTokens: 10, outputTokens: 20, cacheReadTokens: 30, cacheWriteTokens: 40, costUsd: 0.01 };
    const decided = await decidedLead({ answer: { confidence: 0.5, usage } });
    const requestId = await ask(decided.ports, { kind: 'decide-case', actionId: null });
    await reply(decided.ports, requestId, { verb: 'respond', reason: 'She is a customer already' });
    const { next } = await judgedPerson(decided, requestId);
    const { pinned } = decided.opened;
    const round = { pinned, cursor: next.cursor, round: 3, turns: [aTurn({ usage })], requestId: null };
    await advanceCase.run(decided.ports, { ...round, failure: null, resume: null });
    expect((await decided.ports.cases.get(CASE_ID))?.usage).toEqual({
      ...{ inputTokens: 20, outputTokens: 40, cacheReadTokens: 60, cacheWriteTokens: 80, costUsd: 0.02 },
    });
  });

  it('to respond once more than the agents are told things is asked again, without them', async () => {
    const decided = await decidedLead(UNSURE);
    const requestId = await ask(decided.ports, { kind: 'decide-case', actionId: null });
    await reply(decided.ports, requestId, { verb: 'respond', reason: 'Look again' });
    const notes = Array.from({ length: 3 }, (_, atMs) => ({ by: APPROVER, atMs, text: 'Look again' }));
    const opened = { ...decided.opened, pinned: { ...decided.opened.pinned, notes } };
    const { next, head, repeat } = await judgedPerson({ ...decided, opened }, requestId);
    expect(next).toMatchObject({ next: 'ask', turns: [], outcome: null });
    expect(head?.verdict?.reasons.map(({ code }) => code)).toEqual(['cap:hand-backs']);
    expect(await repeat()).toEqual(next);
  });

  it('that never came is a no', async () => {
    const decided = await decidedLead(UNSURE);
    const requestId = await ask(decided.ports, { kind: 'decide-case', actionId: null });
    await settleRequest.run(decided.ports, { requestId });
    const { next, repeat } = await judgedPerson(decided, requestId);
    expect(next).toMatchObject({ next: 'close', outcome: 'expired', actions: [] });
    expect(await repeat()).toEqual(next);
  });

  it('approves what was shown, not what the case has come to hold since', async () => {
    const decided = await decidedLead(UNSURE);
    const requestId = await ask(decided.ports, { kind: 'decide-case', actionId: null });
    await reply(decided.ports, requestId);
    const { ports } = decided;
    const later = {
      ...JSON.parse(ports.tables.cases.get(CASE_ID) ?? ''),
      decision: { ...DECISION, score: 1, tier: 'cold' },
    };
    ports.tables.cases.set(CASE_ID, JSON.stringify(later));
    const { head } = await judgedPerson(decided, requestId);
    expect(head?.decision).toEqual(DECISION);
  });

  it('leaves a draft that no longer fits its schema to the person', async () => {
    const decided = await decidedLead(UNSURE);
    const requestId = await ask(decided.ports, { kind: 'decide-case', actionId: null });
    const { ports } = decided;
    const request = JSON.parse(ports.tables.requests.get(requestId) ?? '');
    ports.tables.requests.set(requestId, JSON.stringify({ ...request, draft: { tier: 'lukewarm' } }));
    await reply(ports, requestId);
    const { next } = await judgedPerson(decided, requestId);
    expect(next).toMatchObject({ next: 'close', outcome: 'left-to-person', actions: [] });
  });

  it('reviews in shadow, and nothing is done whatever the answer', async () => {
    const decided = await decidedLead({ phase: 'shadow' });
    const requestId = await ask(decided.ports, { kind: 'review-decision', actionId: null });
    await reply(decided.ports, requestId);
    const { next } = await judgedPerson(decided, requestId);
    expect(next).toMatchObject({ next: 'close', outcome: 'reviewed', actions: [] });
  });

  it('is not taken from the request of another case', async () => {
    const decided = await decidedLead(UNSURE);
    const requestId = await ask(decided.ports, { kind: 'decide-case', actionId: null });
    const { ports } = decided;
    const request = JSON.parse(ports.tables.requests.get(requestId) ?? '');
    ports.tables.requests.set(requestId, JSON.stringify({ ...request, caseId: '0'.repeat(32) }));
    await expect(judgedPerson(decided, requestId)).rejects.toThrow('has no request');
  });

  it('never plans again what was done, begun, refused or left unsure', async () => {
    const decided = await decidedLead();
    const { ports } = decided;
    const states = ['done', 'intended', 'unsure'];
    [...ports.tables.actions].forEach(([key, text], index) => {
      ports.tables.actions.set(key, JSON.stringify({ ...JSON.parse(text), state: states[index] }));
    });
    const requestId = await ask(ports, { kind: 'decide-case', actionId: null });
    await reply(ports, requestId);
    const { next } = await judgedPerson(decided, requestId);
    expect(next).toMatchObject({ next: 'act', actions: [] });
  });
});
