import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { ask, MAIL, POST, reply } from '../../test/support/asked-lead.ts';
import { CrashError, CrashingPorts } from '../../test/support/crashing-ports.ts';
import { HELD_MINUTES, heldLeads } from '../../test/support/held-leads/index.ts';
import { CASE_ID, decidedLead, HOT, WARM } from '../../test/support/lead-case.ts';
import { APPROVER, WORKFLOW } from '../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import { MemoryRecordStore } from '../../test/support/memory-record-store.ts';
import { COLD, OVERTURN_REASON, overturn, overturnCommand } from '../../test/support/overturning.ts';
import { plantCase, plantedId, plantFollower } from '../../test/support/planted-chain.ts';
import { recordDecisions } from '../../test/support/recorded-decisions.ts';
import { carriedOut, runAgain, startedNames } from '../../test/support/resumed-case.ts';
import type { CaseId } from '../contracts/index.ts';
import { governanceCaseId } from '../domain/governance-case.ts';
import { verifyChain } from '../domain/ledger.ts';
import { OverturnCase, overturnCase } from './overturn-case.ts';
import { performAction } from './perform-action.ts';
import { readAutonomy } from './read-autonomy.ts';
import { settleRequest } from './settle-request.ts';

const NURTURE = 'add-to-nurture#1';

const typesOf = async (ports: MemoryPorts, caseId: CaseId = CASE_ID) =>
  (await ports.cases.ledger(caseId)).map(({ event }) => event.type);

async function closedLead(): Promise<MemoryPorts> {
  return carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
}

describe('an overturning', () => {
  it('is on record with who, why, before and after, and what was shown, and the right decision stands', async () => {
    const ports = await closedLead();
    const overturned = await overturn(ports, { decision: COLD, carryOut: false });
    expect(overturned).toMatchObject({ kind: 'overturned', case: { state: 'closed', outcome: 'overturned' } });
    const head = await ports.cases.get(CASE_ID);
    expect(head).toMatchObject({ decision: COLD, decidedBy: APPROVER, outcome: 'overturned' });
    const event = (await ports.cases.ledger(CASE_ID)).at(-1)?.event;
    expect(event).toMatchObject({
      ...{ type: 'decision-overturned', by: APPROVER, proof: 'sign-in', channel: 'api', reason: OVERTURN_REASON },
      ...{
        before: { tier: 'warm' },
        after: COLD,
        seen: expect.stringMatching(/^[0-9a-f]{64}$/),
        takeBack: [],
        carryOut: false,
      },
      consequences: [
        { caseId: CASE_ID, actionId: NURTURE, state: 'done' },
        { caseId: CASE_ID, actionId: 'create-crm-record#2', state: 'done' },
      ],
    });
    expect(verifyChain(await ports.cases.ledger(CASE_ID), head?.ledger).ok).toBe(true);
    expect(startedNames(ports)).toEqual([]);
    expect(ports.telemetry.sum('Reversals')).toBe(1);
  });

  it('becomes a labelled example where the right decision is given, and none where it is not', async () => {
    const ports = await closedLead();
    await overturn(ports);
    const list = () => ports.examples.list('lead-qualification', { limit: 10, after: null });
    expect((await list()).items).toEqual([]);
    await overturn(ports, { decision: COLD });
    expect((await list()).items).toMatchObject([
      {
        expected: { ...WARM, buyingIntent: 'none' },
        provenance: { caseId: CASE_ID, how: 'overturned', by: APPROVER, reason: OVERTURN_REASON, after: COLD },
      },
    ]);
  });

  it('takes back what was chosen, and closes the case as overturned', async () => {
    const ports = await closedLead();
    const undo = await ask(ports, { kind: 'undo-action', actionId: NURTURE });
    await overturn(ports, { takeBack: [{ caseId: CASE_ID, actionId: NURTURE }] });
    expect((await typesOf(ports)).slice(-3)).toEqual(['decision-overturned', 'take-back-asked', 'request-cancelled']);
    expect(await ports.requests.get(undo)).toMatchObject({ state: 'cancelled' });
    expect(await settleRequest.run(ports, { requestId: undo })).toMatchObject({ state: 'cancelled' });
    const [name = ''] = startedNames(ports);
    const { actions, closed } = await runAgain(ports, name);
    expect(actions).toMatchObject([{ actionId: 'take-off-list#201', state: 'done' }]);
    expect(closed).toMatchObject({ outcome: 'overturned' });
    expect(await ports.cases.action(CASE_ID, NURTURE)).toMatchObject({ state: 'taken-back' });
    expect((await reply(ports, undo, { verb: 'reject' })).kind).toBe('settled');
    expect(startedNames(ports)).toHaveLength(1);
  });

  it('takes back what was done in cases that followed, by a wish on record in each', async () => {
    const ports = memoryPorts();
    await plantCase(ports.cases, 0);
    await plantFollower(ports.cases, 1, 0);
    await plantFollower(ports.cases, 2, 1);
    const takeBack = [0, 2].map((n) => ({ caseId: plantedId(n), actionId: NURTURE }));
    expect(await overturn(ports, { takeBack }, plantedId(0))).toMatchObject({ kind: 'overturned' });
    expect(startedNames(ports).map((name) => name.slice(0, 32))).toEqual([plantedId(0), plantedId(2)]);
    for (const name of startedNames(ports))
      expect((await runAgain(ports, name)).actions).toMatchObject([{ state: 'done' }]);
    const outcomes = await Promise.all([0, 1, 2].map((n) => ports.cases.get(plantedId(n))));
    expect(outcomes.map((one) => [one?.state, one?.outcome])).toEqual([
      ['closed', 'overturned'],
      ['closed', 'done'],
      ['closed', 'undone'],
    ]);
    expect(await ports.cases.ledger(plantedId(2))).toContainEqual(
      expect.objectContaining({
        event: expect.objectContaining({ type: 'take-back-asked', overturned: plantedId(0) }),
      }),
    );
    expect(ports.effects.done).toHaveLength(2);
  });

  it('refuses what still waits because of the decision, and withdraws its question', async () => {
    const decided = await decidedLead();
    const { ports } = decided;
    const requestId = await ask(ports);
    await overturn(ports);
    const states = Object.fromEntries((await ports.cases.actions(CASE_ID)).map(({ id, state }) => [id, state]));
    expect(states).toEqual({ [MAIL]: 'refused', [POST]: 'refused', 'create-crm-record#3': 'refused' });
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'cancelled' });
    expect(ports.executions.resumed).toMatchObject([{ output: { requestId, state: 'cancelled' } }]);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'open' });
    expect((await reply(ports, requestId)).kind).toBe('settled');
    for (const actionId of [MAIL, POST]) {
      expect(await performAction.run(ports, { caseId: CASE_ID, actionId })).toEqual({ actionId, state: 'refused' });
    }
    await carriedOut(decided);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'overturned' });
    expect(ports.effects.calls).toBe(0);
  });

  it('keeps back what is held, which never goes out then', async () => {
    const { ports: memory } = await decidedLead({ phase: 'full', judgement: WARM, workflow: heldLeads });
    const ports: MemoryPorts = { ...memory, findWorkflow: () => heldLeads };
    const requestId = await ask(ports, { kind: 'hold-action', actionId: NURTURE });
    await overturn(ports);
    ports.clock.advance(HELD_MINUTES * 60_000);
    expect(await settleRequest.run(ports, { requestId })).toMatchObject({ state: 'cancelled' });
    const held = performAction.run(ports, { caseId: CASE_ID, actionId: NURTURE });
    expect(await held).toEqual({ actionId: NURTURE, state: 'refused' });
    expect(ports.effects.calls).toBe(0);
  });

  it('lets a mail that goes out at the same moment go out, or stops it, but never both', async () => {
    const { ports } = await decidedLead();
    await reply(ports, await ask(ports));
    const [mail] = await Promise.allSettled([
      ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: MAIL })),
      overturn(ports),
    ]);
    const action = await ports.cases.action(CASE_ID, MAIL);
    expect([0, 1]).toContain(ports.effects.done.length);
    if (mail.status === 'fulfilled') expect(action?.state).toBe(mail.value.state);
    expect(action?.state === 'refused').toBe(ports.effects.done.length === 0);
  });
});

describe('an overturning counts against the agents', () => {
  const reading = async (ports: MemoryPorts) => {
    const read = await readAutonomy.run(ports, { workflow: WORKFLOW, by: APPROVER });
    if (read.kind !== 'read') throw new Error(read.kind);
    return read.value.segments[0];
  };

  it('in the same write, by the fields that were wrong, and the live figures show it', async () => {
    const ports = await closedLead();
    expect(await reading(ports)).toMatchObject({ against: { decisions: 0 } });
    await overturn(ports, { decision: COLD });
    expect(await ports.records.get(CASE_ID)).toMatchObject({
      ...{ standing: 'reviewed', by: APPROVER, reason: OVERTURN_REASON, personDecision: COLD, revision: 1 },
      signals: [{ kind: 'reversal', by: APPROVER, fields: ['buyingIntent', 'score', 'tier'] }],
    });
    expect(await reading(ports)).toMatchObject({
      ...{ against: { decisions: 1, of: 1 }, agreement: { sure: { agreed: 0, of: 1 } } },
      disagreements: [{ caseId: CASE_ID, fields: ['buyingIntent', 'score', 'tier'], reason: OVERTURN_REASON }],
    });
  });

  it('once, however often it is sent, and not at all where it is not taken', async () => {
    const ports = await closedLead();
    await overturn(ports, { digest: '0'.repeat(64) });
    expect((await ports.records.get(CASE_ID))?.signals).toEqual([]);
    const command = await overturnCommand(ports);
    await overturnCase.run(ports, command);
    await overturnCase.run(ports, command);
    expect((await ports.records.get(CASE_ID))?.signals).toMatchObject([{ kind: 'reversal', fields: ['*'] }]);
  });

  it('and takes their phase at once where it is one too many', async () => {
    const ports = await closedLead();
    recordDecisions(ports, { right: 10, wrong: 5, phase: 'full' });
    expect((await ports.settings.get(WORKFLOW)).own?.phase).toBe('full');
    await overturn(ports, { decision: COLD });
    expect((await ports.settings.get(WORKFLOW)).own?.phase).toBe('partial');
    const ledger = await ports.cases.ledger(governanceCaseId(WORKFLOW));
    expect(ledger.at(-1)?.event).toMatchObject({
      ...{ type: 'phase-changed', because: 'step-back', from: 'full', to: 'partial' },
      reason: expect.stringContaining('overturned'),
    });
  });

  it('though somebody answers about the same decision at that moment', async () => {
    const ports = await closedLead();
    const stale = await ports.records.get(CASE_ID);
    await reply(ports, await ask(ports, { kind: 'undo-action', actionId: NURTURE }));
    const command = await overturnCommand(ports);
    let looks = 0;
    const records = Object.assign(new MemoryRecordStore(ports.tables), {
      get: async (id: string) => {
        looks += 1;
        return looks === 1 ? stale : ports.records.get(id);
      },
    });
    expect(await overturnCase.run({ ...ports, records }, command)).toMatchObject({ kind: 'overturned' });
    expect(looks).toBe(2);
    expect(await ports.records.get(CASE_ID)).toMatchObject({
      ...{ signals: [{ kind: 'reversal' }], compared: [{ field: NURTURE, agrees: true }, { field: '*' }] },
    });
  });

  it('and nothing that people say of what follows from their own decision does', async () => {
    const { ports } = await decidedLead();
    await overturn(ports, { decision: { ...HOT, companySizeInRange: true, score: 8, tier: 'hot' } });
    await runAgain(ports, startedNames(ports)[0] ?? '').catch(() => null);
    const before = await ports.records.get(CASE_ID);
    await reply(ports, await ask(ports, { actionId: 'send-meeting-mail#201' }), { verb: 'reject', reason: 'No.' });
    expect(await ports.records.get(CASE_ID)).toEqual(before);
  });
});

describe('an overturning that is not taken', () => {
  it('is of somebody who is not of the team', async () => {
    const ports = await closedLead();
    const receipt = await overturn(ports, { by: 'stranger@remit.example' });
    expect(receipt).toMatchObject({ kind: 'not-allowed' });
    expect(await typesOf(ports)).not.toContain('decision-overturned');
    expect(ports.telemetry.sum('AnswersRefused')).toBe(1);
  });

  it('is about less than was done by now', async () => {
    const ports = await closedLead();
    const command = await overturnCommand(ports);
    await plantFollower(ports.cases, 1, 0, { causedBy: { caseId: CASE_ID, actionId: NURTURE } });
    const receipt = await overturnCase.run(ports, command);
    expect(receipt).toMatchObject({ kind: 'changed', consequences: { cases: [{}, { caseId: plantedId(1) }] } });
    expect(await typesOf(ports)).not.toContain('decision-overturned');
  });

  it.each<[string, Partial<OverturnCase>, string]>([
    ['a decision that does not fit', { decision: { tier: 'lukewarm' } }, 'does not fit its schema'],
    ['something that was not done', { takeBack: [{ caseId: CASE_ID, actionId: 'gone#1' }] }, 'was not done because'],
    ['something of another case', { takeBack: [{ caseId: plantedId(9), actionId: NURTURE }] }, 'was not done because'],
    [
      'something that nothing takes back',
      { takeBack: [{ caseId: CASE_ID, actionId: 'create-crm-record#2' }] },
      'Nothing is declared',
    ],
  ])('has %s', async (_what, changes, words) => {
    const ports = await closedLead();
    expect(await overturn(ports, changes)).toEqual({ kind: 'incomplete', problem: expect.stringContaining(words) });
    expect(await typesOf(ports)).not.toContain('decision-overturned');
    expect(startedNames(ports)).toEqual([]);
  });

  it('is of a case without a decision, or of none', async () => {
    const { ports } = await decidedLead({ answer: { status: 'failed', judgement: null } });
    expect(await overturn(ports)).toMatchObject({ kind: 'incomplete' });
    expect(await overturn(ports, {}, plantedId(1))).toEqual({ kind: 'unknown' });
  });

  it('takes back in a case of another team only by people of that team', async () => {
    const ports = memoryPorts();
    await plantCase(ports.cases, 0);
    await plantFollower(ports.cases, 1, 0, { workflow: 'payments' });
    const team = {
      ...leadQualification.team,
      owner: 'pay@remit.example',
      approvers: ['pay@remit.example'],
      nextApprovers: [],
    };
    const payments = { ...leadQualification, id: 'payments', team };
    const findWorkflow = (id: string) => (id === 'payments' ? payments : leadQualification);
    const both: MemoryPorts = { ...ports, findWorkflow };
    const takeBack = [{ caseId: plantedId(1), actionId: NURTURE }];
    expect(await overturn(both, { takeBack }, plantedId(0))).toMatchObject({ kind: 'not-allowed' });
    expect(await overturn(both, {}, plantedId(0))).toMatchObject({ kind: 'overturned' });
  });

  it('needs a reason', () => {
    const command = { caseId: CASE_ID, by: APPROVER, proof: 'sign-in', channel: 'api', digest: '' };
    expect(OverturnCase.safeParse({ ...command, reason: '  ' }).success).toBe(false);
    expect(OverturnCase.safeParse({ ...command, reason: 'no' }).success).toBe(true);
  });
});

describe('two overturnings', () => {
  it('of the same person with the same words are one, however often it is sent', async () => {
    const ports = await closedLead();
    const command = await overturnCommand(ports, { takeBack: [{ caseId: CASE_ID, actionId: NURTURE }] });
    const receipts = [await overturnCase.run(ports, command), await overturnCase.run(ports, command)];
    expect(receipts.map(({ kind }) => kind)).toEqual(['overturned', 'overturned']);
    expect((await typesOf(ports)).filter((type) => type === 'decision-overturned')).toHaveLength(1);
    expect(startedNames(ports)).toHaveLength(1);
  });

  it('at the same time are one, and the other is told that something changed', async () => {
    const ports = await closedLead();
    const commands = await Promise.all(
      ['first', 'second'].map((reason) => overturnCommand(ports, { reason, decision: COLD })),
    );
    const receipts = await Promise.all(commands.map((command) => overturnCase.run(ports, command)));
    expect(receipts.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'overturned']);
  });

  it.each([
    ['before', null],
    ['after', null],
    ['before', COLD],
    ['after', COLD],
  ] as const)('go on where the first broke off, %s any write, with the right decision %o', async (moment, decision) => {
    for (let write = 1; ; write += 1) {
      const ports = memoryPorts();
      await plantCase(ports.cases, 0);
      await plantFollower(ports.cases, 1, 0);
      const undo = await ask(ports, { caseId: plantedId(1), kind: 'undo-action', actionId: NURTURE });
      const takeBack = [0, 1].map((n) => ({ caseId: plantedId(n), actionId: NURTURE }));
      const command = await overturnCommand(ports, { takeBack, decision }, plantedId(0));
      const crashing = new CrashingPorts(ports, { write, moment, manner: 'dies' });
      const first = await overturnCase.run(crashing.ports, command).catch((error: unknown) => error);
      if (crashing.writes < write) break;
      expect(first).toBeInstanceOf(CrashError);
      expect(await overturnCase.run(ports, command)).toMatchObject({ kind: 'overturned' });
      expect(startedNames(ports)).toHaveLength(2);
      for (const n of [0, 1]) {
        const types = await typesOf(ports, plantedId(n));
        expect({ write, n, asked: types.filter((type) => type === 'take-back-asked').length }).toEqual({
          write,
          n,
          asked: 1,
        });
      }
      expect(await ports.requests.get(undo)).toMatchObject({ state: 'cancelled' });
    }
  });
});
