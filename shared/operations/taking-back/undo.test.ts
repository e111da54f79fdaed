import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../../agents/lead-qualification/workflow.ts';
import { ask, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, LEAD, settingsIn, WARM } from '../../../test/support/lead-case.ts';
import { DEPUTY } from '../../../test/support/leads.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { carriedOut, runAgain, startedNames } from '../../../test/support/resumed-case.ts';
import type { ActionDefinition } from '../../authoring/index.ts';
import { verifyChain } from '../../domain/ledger.ts';
import { openRequest } from '../open-request.ts';
import { performAction } from '../perform-action.ts';
import { rescueCase } from '../rescue-case.ts';
import { settleRequest } from '../settle-request.ts';

const NURTURE = 'add-to-nurture#1';
const OFF = 'take-off-list#101';
const UNDO = `${CASE_ID}_undo-add-to-nurture-1`;
const DAY_MS = 24 * 3_600_000;

const typesOf = async (ports: MemoryPorts) => (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);
const connectors = (ports: MemoryPorts) => ports.effects.done.map(({ connector }) => connector);

/** A warm lead in full, done and closed, and the question with the undo link. */
async function told() {
  const ports = await carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
  const requestId = await ask(ports, { kind: 'undo-action', actionId: NURTURE, attempt: UNDO });
  return { ports, requestId };
}

async function undone(change: Parameters<typeof reply>[2] = {}) {
  const { ports, requestId } = await told();
  const receipt = await reply(ports, requestId, { verb: 'reject', ...change });
  const [name = ''] = startedNames(ports);
  return { ports, requestId, receipt, name };
}

/** Another definition of what takes the lead off the list. */
function withOff(ports: MemoryPorts, changes: Partial<ActionDefinition>): MemoryPorts {
  const definition = leadQualification.actions['take-off-list'];
  if (definition === undefined) throw new Error('there is no such action');
  const actions = { ...leadQualification.actions, 'take-off-list': { ...definition, ...changes } };
  return { ...ports, findWorkflow: () => ({ ...leadQualification, actions }) };
}

describe('what was done without asking', () => {
  it('is told by a question of its own, for which the case does not wait', async () => {
    const { ports, requestId } = await told();
    expect([...ports.asks.started]).toEqual([
      [UNDO, { caseId: CASE_ID, kind: 'undo-action', actionId: NURTURE, problem: null }],
    ]);
    expect(UNDO.length).toBeLessThanOrEqual(80);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'done', personAsked: false });
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'open', verbs: ['approve', 'reject'] });
    const [mail] = ports.mailer.sent;
    expect(mail?.subject).toBe('Done: Add to the nurture sequence · Hanna Hot, Shop');
    expect(mail?.text).toContain('You can take it back until');
    expect(JSON.stringify(ports.mailer.sent)).not.toContain(LEAD.email);
  });

  it('stays done when nobody takes it back in time, and the question leaves the list', async () => {
    const { ports, requestId } = await told();
    ports.clock.advance(DAY_MS);
    expect(await settleRequest.run(ports, { requestId })).toMatchObject({ state: 'expired' });
    expect((await reply(ports, requestId, { verb: 'reject' })).kind).toBe('expired');
    expect((await ports.requests.listOpen({ limit: 10, after: null })).items).toEqual([]);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'done' });
    expect(await ports.cases.action(CASE_ID, NURTURE)).toMatchObject({ state: 'done' });
    expect(startedNames(ports)).toEqual([]);
    expect(ports.telemetry.sum('RequestsExpired')).toBe(0);
  });

  it('stays done when somebody says so', async () => {
    const { ports, receipt } = await undone({ verb: 'approve' });
    expect(receipt.kind).toBe('answered');
    expect(startedNames(ports)).toEqual([]);
    expect(ports.telemetry.sum('Undos')).toBe(0);
  });

  it('is not asked about once it is taken back', async () => {
    const { ports, name } = await undone();
    await runAgain(ports, name);
    const again = openRequest.run(ports, {
      ...{ caseId: CASE_ID, kind: 'undo-action', actionId: NURTURE, attempt: 'again', problem: null, withMail: true },
    });
    await expect(again).rejects.toMatchObject({ name: 'IntentClosedError' });
  });
});

describe('an undo', () => {
  it('takes it back once, and closes the case as undone, all of it on record', async () => {
    const { ports, name } = await undone();
    const { advanced, actions, closed, advanceAgain } = await runAgain(ports, name);
    expect(advanced).toMatchObject({ next: 'act', actions: [{ actionId: OFF, mode: 'perform' }], round: 2 });
    expect(actions).toMatchObject([{ actionId: OFF, state: 'done' }]);
    expect(closed).toEqual({ caseId: CASE_ID, outcome: 'undone' });
    expect(connectors(ports)).toEqual([
      'sandbox.crm-add-to-list',
      'sandbox.crm-create-record',
      'sandbox.crm-remove-from-list',
    ]);
    expect(await ports.cases.action(CASE_ID, NURTURE)).toMatchObject({ state: 'taken-back' });
    const head = await ports.cases.get(CASE_ID);
    expect(head).toMatchObject({ state: 'closed', outcome: 'undone', decision: { tier: 'warm' }, reopened: false });
    expect(head?.decidedBy).toBe('qualifier (scripted)');
    expect((await typesOf(ports)).slice(-10)).toEqual([
      ...['request-answered', 'action-undone', 'take-back-asked', 'case-reopened', 'decision-made'],
      ...['action-intended', 'action-done', 'action-taken-back', 'intent-closed', 'case-closed'],
    ]);
    expect(verifyChain(await ports.cases.ledger(CASE_ID), head?.ledger).ok).toBe(true);
    expect(await advanceAgain()).toMatchObject({ actions: [{ actionId: OFF }], round: 2 });
    await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: OFF }));
    expect(ports.effects.done).toHaveLength(3);
  });

  it('counts as an error of the agent, once', async () => {
    const { ports, requestId } = await undone();
    await reply(ports, requestId, { verb: 'reject' });
    expect(ports.telemetry.sum('Undos')).toBe(1);
    expect((await typesOf(ports)).filter((type) => type === 'action-undone')).toHaveLength(1);
  });

  it('is started once by two answers at the same time, and the second is told the first', async () => {
    const { ports, requestId } = await told();
    const replies = await Promise.all([1, 2].map(() => reply(ports, requestId, { verb: 'reject' })));
    expect(replies.map(({ kind }) => kind).toSorted()).toEqual(['answered', 'settled']);
    expect(startedNames(ports)).toHaveLength(1);
  });

  it('is taken from who was told only, and needs no words', async () => {
    const { ports, requestId } = await told();
    expect((await reply(ports, requestId, { verb: 'reject', by: DEPUTY })).kind).toBe('not-allowed');
    expect(startedNames(ports)).toEqual([]);
    expect((await reply(ports, requestId, { verb: 'reject', reason: '' })).kind).toBe('answered');
  });

  it('that could not be started is started where its question ends', async () => {
    const { ports, requestId } = await told();
    ports.executions.refusesStarts = true;
    expect((await reply(ports, requestId, { verb: 'reject' })).kind).toBe('answered');
    ports.executions.refusesStarts = false;
    expect(startedNames(ports)).toEqual([]);
    expect(ports.telemetry.sum('Errors')).toBe(1);
    for (const _time of [1, 2]) await settleRequest.run(ports, { requestId });
    expect(startedNames(ports)).toHaveLength(1);
  });

  it('is refused where nothing could do it, and says to do it by hand', async () => {
    const { ports, requestId } = await told();
    const { 'take-off-list': _gone, ...actions } = leadQualification.actions;
    const later: MemoryPorts = { ...ports, findWorkflow: () => ({ ...leadQualification, actions }) };
    const receipt = await reply(later, requestId, { verb: 'reject' });
    expect(receipt).toMatchObject({ kind: 'incomplete', problem: expect.stringContaining('by hand') });
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'open' });
  });

  it('for which a later version has nothing is left to a person, and counted', async () => {
    const { ports, name } = await undone();
    const { 'take-off-list': _gone, ...actions } = leadQualification.actions;
    const later: MemoryPorts = { ...ports, findWorkflow: () => ({ ...leadQualification, actions }) };
    const { closed } = await runAgain(later, name);
    expect(closed).toMatchObject({ outcome: 'left-to-person' });
    expect(ports.telemetry.sum('Errors')).toBe(1);
    expect(await ports.cases.action(CASE_ID, NURTURE)).toMatchObject({ state: 'done' });
  });

  it('is carried out though the workflow was stepped back to shadow', async () => {
    const { ports, name } = await undone();
    ports.settings.set(settingsIn('shadow'));
    expect((await runAgain(ports, name)).closed).toMatchObject({ outcome: 'undone' });
  });

  it('waits for a person while the workflow is switched off', async () => {
    const { ports, name } = await undone();
    ports.settings.set(settingsIn('full', { paused: true }));
    await expect(runAgain(ports, name)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(connectors(ports)).not.toContain('sandbox.crm-remove-from-list');
    const requestId = await ask(ports, { actionId: OFF, attempt: 'off', problem: 'switched off' });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'waiting' });
    ports.settings.set(settingsIn('full'));
    expect((await reply(ports, requestId)).kind).toBe('answered');
    expect((await runAgain(ports, name)).closed).toMatchObject({ outcome: 'undone' });
  });

  it('is asked where what takes it back needs a yes of its own, and nothing is handed back to the agents', async () => {
    const { ports, name } = await undone();
    const careful = withOff(ports, { tier: 'approve' });
    await expect(runAgain(careful, name)).rejects.toThrow('a yes of its own');
    const requestId = await ask(careful, { actionId: OFF, attempt: 'off' });
    expect((await ports.requests.get(requestId))?.verbs).toEqual(['approve', 'edit', 'reject', 'take-over']);
    await reply(careful, requestId, { verb: 'reject', reason: 'She asked to stay on it.' });
    expect((await runAgain(careful, name)).closed).toMatchObject({ outcome: 'done' });
    expect(await ports.cases.action(CASE_ID, NURTURE)).toMatchObject({ state: 'done' });
  });

  it('is not done without a wish on record, whatever the store says', async () => {
    const { ports, name } = await undone();
    ports.tables.ledger.set(
      CASE_ID,
      (ports.tables.ledger.get(CASE_ID) ?? []).filter((text) => !text.includes('take-back')),
    );
    await expect(runAgain(ports, name)).rejects.toThrow('Nobody has asked to take this back.');
    expect(connectors(ports)).not.toContain('sandbox.crm-remove-from-list');
  });

  it('does not close a case on which others still work, which close it as they would have', async () => {
    const decided = await decidedLead({ phase: 'full', judgement: WARM });
    const { ports, opened } = decided;
    await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: NURTURE }));
    const requestId = await ask(ports, { kind: 'undo-action', actionId: NURTURE, attempt: UNDO });
    await reply(ports, requestId, { verb: 'reject' });
    const { closed } = await runAgain(ports, startedNames(ports)[0] ?? '');
    expect(closed).toEqual({ caseId: CASE_ID, outcome: null });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'open', outcome: null });
    expect(await typesOf(ports)).not.toContain('case-reopened');
    await carriedOut({ ...decided, advanced: { ...decided.advanced, actions: decided.advanced.actions.slice(1) } });
    expect(opened.round).toBe(1);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'done' });
  });

  it('that broke as a whole is taken up again where it stood, once', async () => {
    const { ports, name } = await undone();
    ports.effects.script('lost-after');
    await expect(runAgain(ports, name)).rejects.toMatchObject({ name: 'PassingError' });
    const input = JSON.stringify(ports.executions.started.get(name));
    const failed = { name, status: 'FAILED' as const, error: 'States.Timeout', cause: null, input };
    for (const _time of [1, 2]) expect(await rescueCase.run(ports, failed)).toEqual({ rescued: true });
    const [, rescue = ''] = startedNames(ports);
    expect(startedNames(ports)).toHaveLength(2);
    expect((await runAgain(ports, rescue)).closed).toMatchObject({ outcome: 'undone' });
    expect(connectors(ports).filter((one) => one === 'sandbox.crm-remove-from-list')).toHaveLength(1);
    const again = rescueCase.run(ports, {
      ...failed,
      name: rescue,
      input: JSON.stringify(ports.executions.started.get(rescue)),
    });
    await expect(again).rejects.toThrow('failed too');
    await expect(rescueCase.run(ports, { ...failed, input: null })).rejects.toThrow('is not known');
  });
});
