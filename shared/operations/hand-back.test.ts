import { describe, expect, it } from 'vitest';
import { ask, MAIL, POST, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, HOT, modelAnswer, READABLE } from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { runAgain, startedNames } from '../../test/support/resumed-case.ts';
import { NO_USAGE } from '../domain/usage.ts';
import { closeCase } from './close-case.ts';
import { performAction } from './perform-action.ts';
import type { ActionOutcome, Pinned } from './step-contracts.ts';

const RECORD = 'create-crm-record#3';
const TOLD = 'She is a customer already.';
const COST = { usage: { ...NO_USAGE, costUsd: 0.02 } };

/** A hot lead about whose mail a person told the agents something, up to the end of its execution. */
async function told(models = [modelAnswer(HOT, COST), modelAnswer(HOT, COST)]) {
  const { ports, opened } = await decidedLead({ models, sources: READABLE });
  await reply(ports, await ask(ports), { verb: 'respond', reason: TOLD });
  return { ports, pinned: opened.pinned };
}

async function close(ports: MemoryPorts, pinned: Pinned) {
  const actions: ActionOutcome[] = [];
  for (const actionId of [MAIL, POST, RECORD]) {
    actions.push(await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId })));
  }
  return closeCase.run(ports, { pinned, outcome: null, actions });
}

describe('a fact in place of a yes', () => {
  it('sends the case back to the agents in place of closing it, once', async () => {
    const { ports, pinned } = await told();
    for (const _time of [1, 2]) expect(await close(ports, pinned)).toEqual({ caseId: CASE_ID, outcome: null });
    expect(startedNames(ports)).toEqual([`${CASE_ID}-h1`]);
    expect(ports.executions.started.get(`${CASE_ID}-h1`)).toMatchObject({
      pinned: { told: 1, resumed: 'hand-back' },
      ...{ turns: [{ agent: 'qualifier', purpose: 'first' }], resume: { kind: 'hand-back', ref: '1' } },
    });
    expect(JSON.stringify(ports.executions.started.get(`${CASE_ID}-h1`))).not.toMatch(
      new RegExp(`${APPROVER}|${TOLD}`),
    );
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'open', outcome: null });
    const types = (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);
    expect(types).not.toContain('case-closed');
    expect(types.filter((type) => type === 'case-handed-back')).toHaveLength(1);
  });

  it('is not lost where another one comes at the same moment, however many do', async () => {
    const { ports } = await decidedLead();
    const questions = [
      await ask(ports),
      await ask(ports, { actionId: POST, attempt: 'ask-2', problem: 'It failed.' }),
      await ask(ports, { actionId: RECORD, attempt: 'ask-3', problem: 'It failed.' }),
    ];
    const facts = ['She is away.', 'She has moved.', 'She is the owner.'];
    const receipts = await Promise.all(
      questions.map((id, at) => reply(ports, id, { verb: 'respond', reason: facts[at] ?? '' })),
    );
    expect(receipts.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered']);
    const notes = (await ports.cases.get(CASE_ID))?.notes.map(({ text }) => text);
    expect(notes?.toSorted()).toEqual(facts.toSorted());
    const handed = (await ports.cases.ledger(CASE_ID)).filter(({ event }) => event.type === 'case-handed-back');
    expect(handed).toHaveLength(3);
  });

  it('is known to the models at their next try, whose actions are new ones, and what they cost is added up', async () => {
    const { ports, pinned } = await told();
    await close(ports, pinned);
    // The mail is asked again; what was done before is not.
    await expect(runAgain(ports, `${CASE_ID}-h1`)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.models.questions.at(-1)?.notes).toEqual([{ by: APPROVER, atMs: expect.any(Number), text: TOLD }]);
    const actions = await ports.cases.actions(CASE_ID);
    expect(actions.filter(({ state }) => state === 'proposed').map(({ id }) => id)).toEqual(['send-meeting-mail#101']);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ round: 2, usage: { costUsd: 0.04 } });
  });

  it('is asked for no more after three of them: a person decides', async () => {
    const { ports, pinned } = await told();
    const head = JSON.parse(ports.tables.cases.get(CASE_ID) ?? '{}');
    const [note] = head.notes;
    const notes = [note, note, note];
    ports.tables.cases.set(CASE_ID, JSON.stringify({ ...head, notes: [...notes, note] }));
    expect(await close(ports, { ...pinned, told: notes.length })).toEqual({ caseId: CASE_ID, outcome: 'done' });
    expect(startedNames(ports)).toEqual([]);
  });

  it('does not keep a case from closing that knew it when it began', async () => {
    const { ports, pinned } = await told();
    const notes = (await ports.cases.get(CASE_ID))?.notes ?? [];
    expect(await close(ports, { ...pinned, told: notes.length })).toMatchObject({ outcome: 'done' });
  });

  it('that could not be handed back fails the step, so that it is tried again', async () => {
    const { ports, pinned } = await told();
    ports.executions.refusesStarts = true;
    await expect(close(ports, pinned)).rejects.toThrow('connection lost');
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'open' });
  });
});
