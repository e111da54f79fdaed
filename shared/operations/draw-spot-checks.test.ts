import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../test/support/asked-lead.ts';
import { decidedLead, settingsIn } from '../../test/support/lead-case.ts';
import { APPROVER, WORKFLOW } from '../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import { overturn } from '../../test/support/overturning.ts';
import { aCheck, aDraw } from '../../test/support/stored-checks.ts';
import { aCase, VERSION } from '../../test/support/stored-examples.ts';
import { aRecord } from '../../test/support/stored-records.ts';
import type { Case, CaseId, DecisionRecord } from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { governanceCaseId } from '../domain/governance-case.ts';
import { verifyChain } from '../domain/ledger.ts';
import { drawSpotChecks } from './draw-spot-checks.ts';
import { settleRequest } from './settle-request.ts';
import { watchAutonomy } from './watch-autonomy.ts';

const DAY_MS = 86_400_000;

/** Cases that ended alone a day ago. */
function ended(
  ports: MemoryPorts,
  count: number,
  changes: { readonly case_?: Partial<Case>; readonly record?: Partial<DecisionRecord>; readonly name?: string } = {},
): CaseId[] {
  const { case_, record, name = 'ended' } = changes;
  const atMs = ports.clock.nowMs() - DAY_MS;
  return Array.from({ length: count }, (_, at) => {
    const id = caseIdOf({ workflow: WORKFLOW, trigger: 'contact-form', eventId: `${name}-${at}` });
    const head = aCase({
      ...{ id, state: 'closed', outcome: 'done', openedAtMs: atMs, closedAtMs: atMs, confidence: 0.95 },
      ...{ personAsked: false, decision: { tier: 'cold' }, ...case_ },
    });
    const made = aRecord({ caseId: id, decidedAtMs: atMs, standing: 'alone', compared: [], by: null, ...record });
    ports.tables.cases.set(id, JSON.stringify({ ...head, ledger: { seq: 0, hash: '0'.repeat(64) } }));
    ports.tables.records.set(id, JSON.stringify(made));
    return id;
  });
}

const draw = (ports: MemoryPorts) => drawSpotChecks.run(ports, {});
const drawnIn = async (ports: MemoryPorts) => {
  const ledger = await ports.cases.ledger(governanceCaseId(WORKFLOW));
  return ledger.flatMap(({ event }) => (event.type === 'spot-checks-drawn' ? [event] : []));
};

describe('the draw of a day', () => {
  it('takes one in ten of what ended alone the day before, tells by what chance, and asks about it', async () => {
    const ports = memoryPorts();
    const alone = ended(ports, 30);
    expect(await draw(ports)).toEqual({ drawn: 3 });
    const [event] = await drawnIn(ports);
    expect(event).toMatchObject({
      ...{
        share: 0.1,
        seed: expect.any(String),
        day: new Date(ports.clock.nowMs() - DAY_MS).toISOString().slice(0, 10),
      },
      strata: [{ segment: 'all', version: VERSION, band: 'new', cases: 30, drawn: 3, probability: 0.1 }],
    });
    const drawn = event?.cases.map(({ caseId }) => caseId) ?? [];
    expect(drawn.every((caseId) => alone.includes(caseId as CaseId))).toBe(true);
    expect([...ports.askExecutions.started]).toEqual(
      drawn.map((caseId) => [`${caseId}-spot-check`, { caseId, kind: 'spot-check', actionId: null, problem: null }]),
    );
    const governance = await ports.cases.get(governanceCaseId(WORKFLOW));
    const ledger = await ports.cases.ledger(governanceCaseId(WORKFLOW));
    expect(verifyChain(ledger, governance?.ledger ?? { seq: 0, hash: '' })).toMatchObject({ ok: true });
  });

  it('is made once, by whichever of two runs is first', async () => {
    const ports = memoryPorts();
    ended(ports, 30);
    const [one, other] = await Promise.all([draw(ports), draw(ports)]);
    expect(one.drawn + other.drawn).toBe(3);
    expect(await draw(ports)).toEqual({ drawn: 0 });
    expect(await drawnIn(ports)).toHaveLength(1);
    expect(ports.askExecutions.started.size).toBe(3);
  });

  it('puts the questions that could not be put by the next run, and draws nothing anew for it', async () => {
    const ports = memoryPorts();
    ended(ports, 30);
    ports.askExecutions.refusesStarts = true;
    await expect(draw(ports)).rejects.toThrow('could not be drawn from');
    ports.askExecutions.refusesStarts = false;
    expect(await draw(ports)).toEqual({ drawn: 0 });
    expect(ports.askExecutions.started.size).toBe(3);
    expect(await drawnIn(ports)).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof ended>[2]]>([
    ['about which somebody was asked', { case_: { personAsked: true } }],
    ['that somebody has overturned', { case_: { outcome: 'overturned' } }],
    ['of which somebody has said something', { record: { standing: 'reviewed' } }],
    ['that is not over', { case_: { state: 'waiting', closedAtMs: null } }],
    ['that agents decided nothing in', { record: { agentDecision: null } }],
    ['of another workflow', { case_: { workflow: 'other' } }],
  ])('leaves a case out %s', async (_what, changes) => {
    const ports = memoryPorts();
    ended(ports, 10, changes);
    expect(await draw(ports)).toEqual({ drawn: 0 });
    expect(await drawnIn(ports)).toEqual([]);
  });

  it('makes up for a day that was missed, and looks no further back', async () => {
    const ports = memoryPorts();
    ended(ports, 10);
    ports.clock.advance(2 * DAY_MS);
    expect(await draw(ports)).toEqual({ drawn: 1 });
    const late = memoryPorts();
    ended(late, 10);
    late.clock.advance(3 * DAY_MS);
    expect(await draw(late)).toEqual({ drawn: 0 });
  });

  it('draws nothing for a workflow that wants none', async () => {
    const ports = memoryPorts();
    ended(ports, 10);
    const workflows = ports.workflows.map((one) => ({ ...one, rollout: { ...one.rollout, spotCheckShare: 0 } }));
    expect(await drawSpotChecks.run({ ...ports, workflows }, {})).toEqual({ drawn: 0 });
  });
});

/** A lead that was done alone, drawn, and asked about. */
async function checkedLead() {
  const lead = await decidedLead({ phase: 'partial' });
  const { ports } = lead;
  const known = [...ports.tables.cases.keys()][0] as CaseId;
  const head = JSON.parse(ports.tables.cases.get(known) ?? '{}');
  ports.tables.cases.set(known, JSON.stringify({ ...head, state: 'closed', outcome: 'done', closedAtMs: 5 }));
  ports.tables.spotChecks.set(known, JSON.stringify(aCheck({ caseId: known })));
  const requestId = await ask(ports, { kind: 'spot-check', actionId: null });
  return { ports, caseId: known, requestId };
}

describe('a spot-check', () => {
  it('is asked of the team, with a week to answer, and the case stays closed', async () => {
    const { ports, caseId, requestId } = await checkedLead();
    const request = await ports.requests.get(requestId);
    expect(request).toMatchObject({ people: [APPROVER], verbs: ['approve', 'edit', 'reject'], draft: { tier: 'hot' } });
    expect((request?.deadlineMs ?? 0) - (request?.openedAtMs ?? 0)).toBe(7 * DAY_MS);
    expect(await ports.cases.get(caseId)).toMatchObject({ state: 'closed', outcome: 'done', personAsked: false });
    expect(ports.mailer.to(APPROVER)[0]?.subject).toBe(
      'Executes nothing: Was it right? Lead qualification · Hanna Hot, Shop',
    );
  });

  it('counts a disagreement against the agents, and makes an example of what is right', async () => {
    const { ports, caseId, requestId } = await checkedLead();
    const draft = (await ports.requests.get(requestId))?.draft ?? {};
    await reply(ports, requestId, { verb: 'edit', edits: { ...draft, tier: 'warm' }, reason: 'No budget.' });
    expect(await ports.records.get(caseId)).toMatchObject({
      signals: [{ kind: 'found-wrong', by: APPROVER, fields: ['tier'], reason: 'No budget.' }],
    });
    expect(await ports.records.spotCheck(caseId)).toMatchObject({
      ...{ state: 'checked', isRight: false, fields: ['tier'], by: APPROVER, proof: 'mail-code', revision: 1 },
    });
    expect([...ports.tables.examples.values()].map((text) => JSON.parse(text).provenance.how)).toEqual([
      'spot-checked',
    ]);
    expect(await ports.cases.get(caseId)).toMatchObject({ state: 'closed', outcome: 'done' });
    const told = (await ports.cases.ledger(caseId)).map(({ event }) => event);
    expect(told).toContainEqual(
      expect.objectContaining({ type: 'spot-check-answered', by: APPROVER, proof: 'mail-code', weight: 10 }),
    );
  });

  it('says nothing where nobody answers', async () => {
    const { ports, caseId, requestId } = await checkedLead();
    await settleRequest.run(ports, { requestId });
    expect(await ports.records.spotCheck(caseId)).toMatchObject({ state: 'left-out', isRight: null });
    expect(await ports.records.get(caseId)).toMatchObject({ signals: [], compared: [] });
    expect(await ports.cases.get(caseId)).toMatchObject({ state: 'closed', outcome: 'done' });
  });

  it('is answered by whoever overturns the decision meanwhile', async () => {
    const { ports, caseId, requestId } = await checkedLead();
    expect(await overturn(ports, {}, caseId)).toMatchObject({ kind: 'overturned' });
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'cancelled' });
    expect(await ports.records.spotCheck(caseId)).toMatchObject({ state: 'checked', isRight: false, by: APPROVER });
  });
});

describe('what spot-checks show', () => {
  /** So many checks of a hundred cases each day, of yesterday. */
  function checked(right: number, wrong: number): MemoryPorts {
    const ports = memoryPorts();
    ports.settings.set(settingsIn('partial'));
    const day = new Date(ports.clock.nowMs() - DAY_MS).toISOString().slice(0, 10);
    const all = right + wrong;
    const strata = [
      { segment: 'all', version: VERSION, band: 'sure' as const, cases: all * 10, drawn: all, probability: 0.1 },
    ];
    ports.tables.spotDraws.set(`${WORKFLOW}/${day}`, JSON.stringify(aDraw({ day, strata })));
    for (const [at, caseId] of ended(ports, all).entries()) {
      const check = aCheck({ caseId, day, state: 'checked', isRight: at >= wrong, by: APPROVER });
      ports.tables.spotChecks.set(caseId, JSON.stringify(check));
    }
    return ports;
  }

  it('takes the phase where even the upper end is below the gate, and says so in one line', async () => {
    const ports = checked(9, 5);
    expect(await watchAutonomy.run(ports, {})).toMatchObject({ steppedBack: 1, told: 1 });
    expect((await ports.settings.get(WORKFLOW)).own).toMatchObject({ phase: 'shadow' });
    const mail = ports.mailer.to(APPROVER).find(({ subject }) => subject.startsWith('Stepped back'));
    expect(mail?.text).toContain(
      'Of 14 spot-checks 5 found it wrong: 38.8 % to 83.7 % of what it does alone are right; the gate is 95 %.',
    );
  });

  it.each<[string, number, number]>([
    ['few checks prove nothing', 4, 5],
    ['the interval reaches the gate', 40, 2],
  ])('leaves the phase where %s', async (_why, right, wrong) => {
    const ports = checked(right, wrong);
    expect(await watchAutonomy.run(ports, {})).toMatchObject({ steppedBack: 0 });
    expect((await ports.settings.get(WORKFLOW)).own).toMatchObject({ phase: 'partial' });
  });
});
