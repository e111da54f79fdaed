import { describe, expect, it } from 'vitest';
import { CASE_ID, caseStart, decidedLead, settingsIn } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import { EvaluationEvidence } from '../contracts/index.ts';
import { governanceCaseId } from '../domain/governance-case.ts';
import { verifyChain } from '../domain/ledger.ts';
import type { SettingsWish } from '../domain/settings-change.ts';
import { changeSettings, recordEvaluation, switchWorkflow } from './change-settings.ts';
import { readSettings } from './console/read-settings.ts';
import { openCase } from './open-case.ts';
import { performAction } from './perform-action.ts';

const who = { proof: 'sign-in' as const, reason: 'Because.' };
const change = (
  ports: MemoryPorts,
  wish: SettingsWish,
  changes: { by?: string; revision?: number; reason?: string } = {},
) => changeSettings.run(ports, { workflow: WORKFLOW, by: APPROVER, revision: 0, wish, ...who, ...changes });
const flip = (ports: MemoryPorts, isOn: boolean, changes: { by?: string; workflow?: string; reason?: string } = {}) =>
  switchWorkflow.run(ports, { workflow: WORKFLOW, by: DEPUTY, isOn, ...who, ...changes });
const own = async (ports: MemoryPorts) => (await ports.settings.get(WORKFLOW)).own;

describe('changing settings', () => {
  it('is done by the owner, and told with actor, proof and reason in a chain that holds', async () => {
    const ports = memoryPorts();
    expect(await change(ports, { phase: 'full' })).toMatchObject({
      kind: 'changed',
      settings: { revision: 1, phase: 'full' },
    });
    const id = governanceCaseId(WORKFLOW);
    const ledger = await ports.cases.ledger(id);
    expect(ledger.map(({ event }) => event)).toMatchObject([
      { type: 'case-opened', trigger: 'governance' },
      { type: 'settings-changed', by: APPROVER, proof: 'sign-in', reason: 'Because.', revision: 1 },
      { type: 'phase-changed', segment: 'all', from: 'partial', to: 'full', because: 'person' },
    ]);
    expect(verifyChain(ledger, (await ports.cases.get(id))?.ledger).ok).toBe(true);
  });

  it.each<[string, SettingsWish, string, string]>([
    ['more autonomy by an approver', { phase: 'full' }, DEPUTY, 'not-allowed'],
    ['less autonomy by an approver', { phase: 'shadow' }, DEPUTY, 'changed'],
    ['a higher confidence by an approver', { minimumConfidence: 0.95 }, DEPUTY, 'changed'],
    ['a lower confidence by an approver', { minimumConfidence: 0.5 }, DEPUTY, 'not-allowed'],
    ['keeping phases over versions by an approver', { versionPolicy: 'keep' }, DEPUTY, 'not-allowed'],
    ['less autonomy by a stranger', { phase: 'shadow' }, 'x@remit.example', 'not-allowed'],
    ['a segment that there is not', { segments: { huge: 'shadow' } }, APPROVER, 'incomplete'],
  ])('%s', async (_what, wish, by, kind) => {
    const ports = memoryPorts();
    expect((await change(ports, wish, { by })).kind).toBe(kind);
    expect((await own(ports)) === null).toBe(kind !== 'changed');
  });

  it('needs a reason and the revision that is current', async () => {
    const ports = memoryPorts();
    expect(await change(ports, { phase: 'shadow' }, { reason: '  ' })).toMatchObject({ kind: 'incomplete' });
    expect(await change(ports, { phase: 'shadow' }, { revision: 3 })).toMatchObject({ kind: 'stale' });
    expect(await own(ports)).toBeNull();
  });

  it('takes one of two that come at once', async () => {
    const ports = memoryPorts();
    const both = await Promise.all([change(ports, { partialShare: 0.5 }), change(ports, { minimumConfidence: 0.9 })]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'stale']);
    expect((await own(ports))?.revision).toBe(1);
  });
});

describe('the switch', () => {
  it('is turned off by anybody of the team and on by the owner, with a reason, and holds before the next action', async () => {
    const { ports } = await decidedLead();
    expect(await flip(ports, false, { by: 'x@remit.example' })).toMatchObject({ kind: 'not-allowed' });
    expect(await flip(ports, false, { reason: '' })).toMatchObject({ kind: 'incomplete' });
    expect(await flip(ports, false)).toMatchObject({ kind: 'changed', settings: { paused: true } });
    const action = performAction.run(ports, { caseId: CASE_ID, actionId: 'post-to-sales-hot#2' });
    await expect(action).rejects.toThrow('switched off');
    expect(await flip(ports, true)).toMatchObject({ kind: 'not-allowed' });
    expect(await flip(ports, true, { by: APPROVER })).toMatchObject({ kind: 'changed', settings: { paused: false } });
  });

  it('says what it is already without another entry', async () => {
    const ports = memoryPorts();
    await flip(ports, false);
    const before = await ports.cases.ledger(governanceCaseId(WORKFLOW));
    expect(await flip(ports, false)).toMatchObject({ kind: 'changed', settings: { paused: true } });
    expect(await ports.cases.ledger(governanceCaseId(WORKFLOW))).toEqual(before);
  });

  it('turns everything off and on, and keeps that in a ledger of its own', async () => {
    const ports = memoryPorts();
    expect(await flip(ports, false, { workflow: 'all', by: 'x@remit.example' })).toMatchObject({ kind: 'not-allowed' });
    await flip(ports, false, { workflow: 'all' });
    const read = await readSettings.run(ports, { workflow: WORKFLOW, reader: { person: DEPUTY, isOperator: false } });
    expect(read).toMatchObject({ kind: 'read', value: { paused: true, isAllPaused: true, revision: 0 } });
    expect(await flip(ports, true, { workflow: 'all' })).toMatchObject({ kind: 'not-allowed' });
    await flip(ports, true, { workflow: 'all', by: APPROVER });
    const events = (await ports.cases.ledger(governanceCaseId('all'))).map(({ event }) => event.type);
    expect(events).toEqual(['case-opened', 'settings-changed', 'settings-changed']);
    expect((await ports.settings.get(WORKFLOW)).isAllPaused).toBe(false);
  });

  it('does not bake the switch for all into the settings of one workflow', async () => {
    const ports = memoryPorts();
    await flip(ports, false, { workflow: 'all' });
    await change(ports, { minimumConfidence: 0.9 });
    await flip(ports, true, { workflow: 'all', by: APPROVER });
    expect((await own(ports))?.paused).toBe(false);
  });
});

describe('a new version of the workflow', () => {
  const opened = async (ports: MemoryPorts, version: string) => {
    const versionsOf = () => ({ workflow: version, code: 'c' });
    const { pinned } = await openCase.run({ ...ports, versionsOf }, caseStart());
    return pinned.settings.phase;
  };
  const earned = () => {
    const ports = memoryPorts();
    ports.settings.set(settingsIn('full', { earnedUnder: { all: 'v1' } }));
    return ports;
  };
  const evaluation = {
    ...{ version: 'v2', segment: 'all', decisions: 200, agreed: 190, failed: 0, evaluatedAtMs: 1, report: 'run-7' },
    ...{ reportDigest: 'd'.repeat(64), setDigest: 'e1' },
  };

  it('begins in shadow where the phase was earned under another one', async () => {
    expect(await opened(earned(), 'v1')).toBe('full');
    expect(await opened(earned(), 'v2')).toBe('shadow');
  });

  it('keeps the phase of the deploy, and one that was declared and never changed', async () => {
    expect(await opened(memoryPorts(), 'v2')).toBe('partial');
    const ports = memoryPorts();
    ports.settings.set(settingsIn('full'));
    expect(await opened(ports, 'v2')).toBe('full');
  });

  it('keeps what an owner answers for, with a reason', async () => {
    const ports = earned();
    expect(
      await change(ports, { versionPolicy: 'keep' }, { revision: 1, reason: 'Only a typo was mended.' }),
    ).toMatchObject({ kind: 'changed' });
    expect(await opened(ports, 'v2')).toBe('full');
  });

  it.each([
    ['has no digest of its report', { reportDigest: undefined }, 'nobody can check it'],
    ['has a digest that is none', { reportDigest: 'd' }, 'nobody can check it'],
    ['does not name its examples', { setDigest: undefined }, 'nobody can check it'],
    ['says that it was measured here', { report: '/api/evaluations/e1' }, 'from its own report'],
  ])('takes no evaluation from anybody that %s', async (_what, changes, problem) => {
    const sent = EvaluationEvidence.parse({ ...evaluation, ...changes });
    const ports = earned();
    const receipt = await recordEvaluation.run(ports, { workflow: WORKFLOW, evaluation: sent, by: APPROVER, ...who });
    expect(receipt).toMatchObject({ kind: 'incomplete', problem: expect.stringContaining(problem) });
    expect(await opened(ports, 'v2')).toBe('shadow');
  });

  it('keeps the phase with an evaluation on record that passes the gates, put there by the owner', async () => {
    const ports = earned();
    const put = (by: string, changes = {}) =>
      recordEvaluation.run(ports, { workflow: WORKFLOW, evaluation: { ...evaluation, ...changes }, by, ...who });
    expect(await put(DEPUTY)).toMatchObject({ kind: 'not-allowed' });
    expect(await put(APPROVER, { segment: 'huge' })).toMatchObject({ kind: 'incomplete' });
    expect(await put(APPROVER, { agreed: 150 })).toMatchObject({ kind: 'changed' });
    expect(await opened(ports, 'v2')).toBe('shadow');
  });

  it('takes the newest evaluation of a version, and pins none of them to cases', async () => {
    const ports = earned();
    for (const agreed of [150, 197]) {
      await recordEvaluation.run(ports, {
        workflow: WORKFLOW,
        evaluation: { ...evaluation, agreed },
        by: APPROVER,
        ...who,
      });
    }
    expect((await own(ports))?.evaluations).toHaveLength(1);
    expect(await opened(ports, 'v2')).toBe('full');
    expect((await ports.cases.get(CASE_ID))?.settings.evaluations).toEqual([]);
  });
});
