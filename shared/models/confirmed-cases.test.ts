import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { refundQuestion } from '../../test/support/fake-anthropic-case.ts';
import { applyLesson, MemoryHistoryStore } from '../../test/support/memory-history-store.ts';
import { memoryTables } from '../../test/support/memory-tables.ts';
import { paymentDesk } from '../../test/support/payment-desk.ts';
import type { Workflow } from '../authoring/index.ts';
import type { JsonObject } from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { caseKeys } from '../domain/history/case-keys.ts';
import type { HistoryStore, Question } from '../ports/index.ts';
import { confirmedFor } from './confirmed-cases.ts';
import { serialise, train } from './learned/index.ts';
import { learnedInput } from './learned-input.ts';
import { learnedTier } from './learned-tier.ts';

const SHOPS = ['bakery', 'garage', 'printer', 'florist', 'station', 'bookshop'];
const ACCOUNTS = ['meals', 'travel', 'office'];
const NEW = { card: 'c1', merchant: 'Tailor', memo: 'what was needed' };
const desk = paymentDesk({ history: [['input.card', 'signals.shop'], ['signals.shop']] });

function example(at: number, workflow: Workflow, caseId?: string) {
  const merchant = SHOPS[at % SHOPS.length] ?? '';
  const account = ACCOUNTS[(at % SHOPS.length) % ACCOUNTS.length] ?? '';
  const input = { card: `c${at % 7}`, merchant, memo: 'what was needed' };
  const expected = { account, isWasteful: at % 2 === 0 };
  const seen = learnedInput(workflow, { input, sources: {} });
  return { id: `e${at}`, input: seen, expected, ...(caseId === undefined ? {} : { caseId }) };
}

const examples = Array.from({ length: 180 }, (_, at) => example(at, desk));
const bytes = serialise(train(examples, desk.learned));
const idOf = (at: number) => caseIdOf({ workflow: desk.id, trigger: 'payment', eventId: `${at}` });

/** People said so in as many cases alike. */
function said(count: number, people: readonly string[] = ['ann'], corrected = false): MemoryHistoryStore {
  const [account, input]: [string, JsonObject] = ['office', NEW];
  const tables = memoryTables();
  const keys = caseKeys(desk, { input, sources: {} }).map(({ digest }) => digest);
  for (let at = 0; at < count; at += 1) {
    const caseId = idOf(at);
    const confirmed = {
      ...{ caseId, by: people[at % people.length] ?? '', atMs: at, labels: { account } },
      corrected: corrected ? ['account'] : [],
    };
    const lesson = { caseId, workflow: desk.id, keys, revision: 0 };
    applyLesson(tables, { lesson: { lesson, from: null, confirmed, dropped: {} } });
  }
  return new MemoryHistoryStore(tables);
}

function questionOf(changes: Partial<Question> = {}): Question {
  const agent = desk.agents[0];
  if (agent === undefined) throw new Error('the desk has no agent');
  return { ...refundQuestion(), workflow: desk, agent, input: NEW, readings: [], notes: [], ...changes };
}

async function answered(history: HistoryStore | null, model = bytes, changes: Partial<Question> = {}) {
  const tier = learnedTier({ read: async () => model }, history);
  const answer = await tier(questionOf(changes), { rule: { tier: 'learned' }, earlier: [] });
  if (answer === null) throw new Error('it said nothing');
  const account = answer.fields.find(({ field }) => field === 'account');
  return { ...answer, account: { ...account, value: answer.judgement?.['account'] } };
}

describe('the learned tier of a workflow that goes on learning', () => {
  it('answers with what people have confirmed since, and says so', async () => {
    const history = said(4);
    const now = await answered(history);
    expect(now.account.value).toBe('office');
    expect(now.account.because).toContain('same card and shop: people said office 4 of 4 times lately');
    expect(now.doubts.filter((doubt) => doubt.includes('not been seen'))).toEqual([]);
    const frozen = await answered(null);
    expect(frozen.doubts).toContain('signals.shop "tailor" has not been seen before');
  });

  it('reads the keys of the case with one read', async () => {
    const history = said(1);
    await answered(history);
    expect(history.reads).toEqual([caseKeys(desk, { input: NEW, sources: {} }).map(({ digest }) => digest)]);
  });

  it('reads nothing for an agent that judges no field with such a history', async () => {
    const history = said(1);
    const [agent] = desk.agents;
    if (agent === undefined) throw new Error('the desk has no agent');
    await answered(history, bytes, { agent: { ...agent, decides: z.object({ isWasteful: z.boolean() }) } });
    await answered(history, bytes, { workflow: paymentDesk({ learns: false }) });
    expect(history.reads).toEqual([]);
  });

  it('answers as it was trained, with a doubt, where what people said cannot be read', async () => {
    const broken: HistoryStore = { lesson: async () => null, confirmed: async () => Promise.reject(new Error('down')) };
    const now = await answered(broken);
    const frozen = await answered(null);
    expect(now.judgement).toEqual(frozen.judgement);
    expect(now.confidence).toBe(frozen.confidence);
    expect(now.doubts[0]).toMatch(/^What people have confirmed lately could not be read/);
  });

  it('suggests what one person alone has put right, and leaves it to a person until another says the same', async () => {
    const rests = /^account: by the corrections of one person alone$/;
    const [one, two] = [await answered(said(8, ['ann'], true)), await answered(said(8, ['ann', 'ben'], true))];
    expect([one.account.value, two.account.value]).toEqual(['office', 'office']);
    expect(one.doubts.filter((doubt) => rests.test(doubt))).toHaveLength(1);
    expect(two.doubts.filter((doubt) => rests.test(doubt))).toEqual([]);
    expect((await answered(null)).account.value).not.toBe('office');
  });

  it('counts no case twice that has become an example of the model', async () => {
    const retrained = [
      ...examples,
      ...[0, 1, 2].map((at) => ({ ...example(at, desk), id: `c${at}`, caseId: idOf(at) })),
    ];
    const model = serialise(train(retrained, desk.learned));
    const now = await answered(said(4), model);
    expect(now.account.because).toContain('same card and shop: people said office 1 of 1 times lately');
  });
});

it('says nothing of fields without a history', async () => {
  const { all } = await confirmedFor(said(2), questionOf(), { caseIds: new Set() });
  expect(all.map(({ labels }) => Object.keys(labels))).toEqual([['account'], ['account']]);
});
