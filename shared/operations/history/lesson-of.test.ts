import { describe, expect, it } from 'vitest';
import { ask } from '../../../test/support/asked-lead.ts';
import {
  type DecidedExpense,
  decidedExpense,
  expensePorts,
  settledExpense,
} from '../../../test/support/expense-case.ts';
import { expenses, MANAGER } from '../../../test/support/expenses.ts';
import { applyLesson, MemoryHistoryStore } from '../../../test/support/memory-history-store.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { memoryTables } from '../../../test/support/memory-tables.ts';
import { overturn, overturnCommand } from '../../../test/support/overturning.ts';
import { aRecord } from '../../../test/support/stored-records.ts';
import type { Workflow } from '../../authoring/index.ts';
import { CaseId, MOST_CONFIRMED } from '../../contracts/index.ts';
import { caseIdOf } from '../../domain/case-id.ts';
import { caseKeys } from '../../domain/history/case-keys.ts';
import { answerRequest } from '../answer-request.ts';
import { eraseCase } from '../erasure/erase-case.ts';
import { overturnCase } from '../overturn-case.ts';
import { lessonOf, lessonWithdrawn } from './lesson-of.ts';

const KEYS = [['input.payee'], ['input.purpose']];
const learning: Workflow = {
  ...expenses,
  learned: { ...expenses.learned, history: { keys: KEYS, learnsAsItGoes: true } },
};
const DAY = '2026-01-01';
const TAXI = { payee: 'ben@remit.example', purpose: 'taxi', wantedBy: 'ben@remit.example' };

function learningPorts(workflow: Workflow = learning): MemoryPorts {
  return { ...expensePorts(), findWorkflow: (id) => (id === workflow.id ? workflow : null), workflows: [workflow] };
}

/** By the first key's value: what people said, in how many cases. */
async function taught(ports: MemoryPorts, payee = TAXI.payee): Promise<readonly unknown[]> {
  const input = { ...TAXI, payee, amountMinor: 4_200 };
  const [key] = caseKeys(learning, { input, sources: {} });
  const cases = (await ports.history.confirmed([key?.digest ?? ''])).get(key?.digest ?? '') ?? [];
  return cases.map(({ labels }) => labels['isFine']);
}

async function settled(ports: MemoryPorts, answer: Parameters<typeof settledExpense>[2] = {}): Promise<DecidedExpense> {
  const decided = await decidedExpense(ports, 'taxi-1', TAXI);
  await settledExpense(ports, decided, answer);
  return decided;
}

describe('a case that a person settles', () => {
  it('teaches what was approved, under each of its keys, in the write of the answer', async () => {
    const ports = learningPorts();
    const { caseId } = await settled(ports);
    expect(await taught(ports)).toEqual([true]);
    expect(await ports.history.lesson(caseId)).toMatchObject({
      keys: [{}, {}].map(() => expect.any(String)),
      revision: 0,
    });
    expect(ports.tables.confirmed.size).toBe(2);
    expect(JSON.stringify([...ports.tables.confirmed])).not.toContain(TAXI.payee);
    expect(JSON.stringify([...ports.tables.confirmed])).not.toContain(MANAGER);
  });

  it('teaches once, though the answer is sent twice', async () => {
    const ports = learningPorts();
    const { caseId } = await decidedExpense(ports, 'taxi-1', TAXI);
    const requestId = await ask(ports, { caseId, actionId: 'pay-expense#1' });
    const { digest = '' } = (await ports.requests.get(requestId)) ?? {};
    const answer = { requestId, verb: 'approve', by: MANAGER, proof: 'sign-in', channel: 'api', digest } as const;
    const whole = { ...answer, reason: '', edits: null, seen: '', onPageMs: null };
    await Promise.all([answerRequest.run(ports, whole), answerRequest.run(ports, whole)]);
    expect(await taught(ports)).toEqual([true]);
    expect((await ports.history.lesson(caseId))?.revision).toBe(0);
  });

  it('teaches nothing by a no, and nothing where nobody was asked', async () => {
    const ports = learningPorts();
    await settled(ports, { verb: 'reject', reason: 'Not ours.' });
    await decidedExpense(ports, 'lunch-1', { payee: 'cleo@remit.example' });
    expect(await taught(ports)).toEqual([]);
    expect(await taught(ports, 'cleo@remit.example')).toEqual([]);
    expect(ports.tables.lessons.size).toBe(0);
  });

  it('teaches nothing, and is asked nothing of, where the history does not learn', async () => {
    const ports = learningPorts(expenses);
    await settled(ports);
    expect(ports.tables.confirmed.size).toBe(0);
    expect(ports.history.reads).toEqual([]);
  });

  it('is answered though its signals cannot be read any more', async () => {
    const broken = { ...learning, signals: (): never => expect.fail('signals') };
    const ports = learningPorts();
    const decided = await decidedExpense(ports, 'taxi-1', TAXI);
    const now = { ...ports, findWorkflow: () => broken };
    await settledExpense(now, decided);
    expect((await ports.records.get(decided.caseId))?.standing).toBe('reviewed');
    expect(ports.tables.confirmed.size).toBe(0);
  });
});

describe('what a case has taught', () => {
  it('is taken back by an overturning that says nothing else, once', async () => {
    const ports = learningPorts();
    const { caseId } = await settled(ports);
    const command = await overturnCommand(ports, { by: MANAGER }, caseId);
    await overturnCase.run(ports, command);
    await overturnCase.run(ports, command);
    expect(await taught(ports)).toEqual([]);
    expect(await ports.history.lesson(caseId)).toMatchObject({ keys: [], revision: 1 });
  });

  it('is replaced by the right decision, as a correction', async () => {
    const ports = learningPorts();
    const { caseId } = await settled(ports);
    await overturn(ports, { by: MANAGER, decision: { isFine: false } }, caseId);
    expect(await taught(ports)).toEqual([false]);
    expect([...ports.tables.confirmed.values()].every((text) => text.includes('"corrected":["isFine"]'))).toBe(true);
  });

  it('goes when the case is erased, and no overturning afterwards brings anything back', async () => {
    const ports = learningPorts();
    const { caseId } = await settled(ports);
    const case_ = await ports.cases.get(caseId);
    if (case_ === null) throw new Error('there is no case');
    const wish = { by: 'remit', proof: null, reason: '', because: 'retention', foundBy: { openedOn: DAY } } as const;
    expect(await eraseCase(ports, { case_, workflow: learning }, wish)).toMatchObject({ histories: 3 });
    expect([ports.tables.confirmed.size, ports.tables.lessons.size]).toEqual([0, 0]);
    expect(await overturn(ports, { by: MANAGER, decision: { isFine: false } }, caseId)).toMatchObject({
      kind: 'incomplete',
    });
    expect(ports.tables.confirmed.size).toBe(0);
  });

  it('is withdrawn when the agents decide the case anew, and nothing is read where they decide for the first time', async () => {
    const ports = learningPorts();
    const { caseId } = await settled(ports);
    const record = aRecord({ caseId, workflow: learning.id, by: null });
    expect(await lessonWithdrawn(ports.history, learning, { record, from: null })).toEqual({});
    const change = await lessonWithdrawn(ports.history, learning, { record, from: 1 });
    applyLesson(ports.tables, change);
    expect(await taught(ports)).toEqual([]);
    expect(await lessonWithdrawn(ports.history, learning, { record, from: 2 })).toEqual({});
  });
});

it('knows a yes to what the same person has put right for what it is, and one of another person for a yes', async () => {
  const ports = learningPorts();
  const correctedBy = async (eventId: string, by: string, agentSaid: boolean): Promise<readonly string[]> => {
    const { caseId } = await decidedExpense(ports, eventId, TAXI);
    const case_ = await ports.cases.get(caseId);
    if (case_ === null) throw new Error('there is no case');
    const [agentDecision, personDecision] = [{ isFine: agentSaid }, { isFine: false }];
    const compared = [{ field: 'isFine', agrees: !agentSaid }];
    const record = aRecord({ caseId, agentDecision, personDecision, by, compared });
    const change = await lessonOf(ports.history, { workflow: learning, case_, record, atMs: Number(eventId) });
    applyLesson(ports.tables, change);
    return change.lesson?.confirmed?.corrected ?? [];
  };
  expect(await correctedBy('1', MANAGER, true)).toEqual(['isFine']);
  expect(await correctedBy('2', MANAGER, false)).toEqual(['isFine']);
  expect(await correctedBy('3', 'other@remit.example', false)).toEqual([]);
  expect(await correctedBy('4', MANAGER, false)).toEqual([]);
});

it('keeps the newest cases under a key, and lets the oldest go', async () => {
  const tables = memoryTables();
  const history = new MemoryHistoryStore(tables);
  const ports = learningPorts();
  const { caseId } = await decidedExpense(ports, 'taxi-1', TAXI);
  const case_ = await ports.cases.get(caseId);
  if (case_ === null) throw new Error('there is no case');
  for (let at = 0; at < MOST_CONFIRMED + 3; at += 1) {
    const id = caseIdOf({ workflow: learning.id, trigger: 'form', eventId: `${at}` });
    const agreed = { agentDecision: { isFine: true }, personDecision: { isFine: true }, by: MANAGER };
    const record = aRecord({ caseId: id, ...agreed, compared: [{ field: 'isFine', agrees: true }] });
    const settledNow = { workflow: learning, case_: { ...case_, id }, record, atMs: at };
    applyLesson(tables, await lessonOf(history, settledNow));
  }
  const [key] = caseKeys(learning, { input: case_.input as never, sources: {} });
  const kept = (await history.confirmed([key?.digest ?? ''])).get(key?.digest ?? '') ?? [];
  expect(kept.map(({ atMs }) => atMs)).toEqual(Array.from({ length: MOST_CONFIRMED }, (_, at) => at + 3));
});

it('teaches nothing of a case that was erased', async () => {
  const ports = learningPorts();
  const { caseId } = await decidedExpense(ports, 'taxi-1', TAXI);
  const case_ = await ports.cases.get(CaseId.parse(caseId));
  if (case_ === null) throw new Error('there is no case');
  const record = aRecord({ caseId, agentDecision: { isFine: true }, personDecision: { isFine: true } });
  const settledNow = { workflow: learning, case_, record, atMs: 1 };
  expect((await lessonOf(ports.history, settledNow)).lesson?.lesson.keys).toHaveLength(2);
  expect(await lessonOf(ports.history, { ...settledNow, case_: { ...case_, erasedAtMs: 1 } })).toEqual({});
});
