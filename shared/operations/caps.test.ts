import { describe, expect, it } from 'vitest';
import { ask, MAIL, POST, reply } from '../../test/support/asked-lead.ts';
import { aCap, under } from '../../test/support/capped-lead.ts';
import { CASE_ID, caseStart, type DecidedLead, decidedLead, settingsIn } from '../../test/support/lead-case.ts';
import { WORKFLOW } from '../../test/support/leads.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import type { Cap } from '../authoring/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { governanceCaseId } from '../domain/governance-case.ts';
import { advanceCase } from './advance-case.ts';
import { openCase } from './open-case.ts';
import { performAction } from './perform-action.ts';

const RECORD = 'create-crm-record#3';
const DAY = '2026-03-02';
const DAY_MS = 86_400_000;

const perform = (ports: MemoryPorts, actionId: string, caseId = CASE_ID) =>
  ports.clock.finish(performAction.run(ports, { caseId, actionId }));
const decided = (...caps: readonly Cap[]): Promise<DecidedLead> => decidedLead({ workflow: under(...caps) });
const effects = aCap({ id: 'effects-a-day', limit: 1, actions: ['post-to-sales-hot', 'create-crm-record'] });
/** The record of a hot lead of score 9 counts as 900.00 EUR. */
const amounts = aCap({ id: 'records-a-day', limit: 90_000, counts: 'amount', currency: 'EUR' });
/** A cap that the judge finds room under, and that is full before the action. */
const fill = (ports: MemoryPorts, cap: Cap, total: number) =>
  ports.tables.counters.set(`lead-qualification/${cap.id}/${DAY}`, total);
const totalOf = async (ports: MemoryPorts, cap: Cap) =>
  (
    await ports.cases.capTotals({ caseId: CASE_ID, workflow: 'lead-qualification' }, [
      { cap: cap.id, day: DAY, amount: 0 },
    ])
  )[cap.id] ?? 0;

describe('an action under a cap', () => {
  it('is done while there is room, and counts once however often its step is repeated', async () => {
    const { ports } = await decided(amounts);
    ports.effects.script('lost-before', 'lost-after');
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await expect(perform(ports, RECORD)).rejects.toMatchObject({ name: 'PassingError' });
    }
    expect(await perform(ports, RECORD)).toMatchObject({ state: 'done' });
    await perform(ports, RECORD);
    expect(await totalOf(ports, amounts)).toBe(90_000);
    expect(await ports.cases.action(CASE_ID, RECORD)).toMatchObject({
      counted: [{ cap: 'records-a-day', day: DAY, amount: 90_000 }],
    });
  });

  it('that the cap has no room for is not begun, and a person is told why', async () => {
    const { ports } = await decided(amounts);
    fill(ports, amounts, 1);
    await expect(perform(ports, RECORD)).rejects.toMatchObject({
      name: 'NeedsPersonError',
      message: expect.stringContaining('The limit records-a-day allows at most 900.00 EUR in one day.'),
    });
    expect(ports.effects.calls).toBe(0);
    expect(await ports.cases.action(CASE_ID, RECORD)).toMatchObject({ state: 'proposed', counted: [] });
    expect((await ports.cases.ledger(CASE_ID)).at(-1)?.event).toMatchObject({
      ...{ type: 'cap-reached', actionId: RECORD, cap: 'records-a-day', limit: 90_000 },
    });
    expect(ports.telemetry.sum('CapsReached')).toBe(1);
  });

  it('counts with the other actions of its case', async () => {
    const cap = { ...effects, limit: 2 };
    const { ports } = await decided(cap);
    fill(ports, cap, 1);
    expect(await perform(ports, POST)).toMatchObject({ state: 'done' });
    await expect(perform(ports, RECORD)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.done.map(({ connector }) => connector)).toEqual(['sandbox.channel-post']);
  });

  it('gives back what it certainly did not do', async () => {
    const { ports } = await decided(amounts);
    ports.effects.script('passing');
    await expect(perform(ports, RECORD)).rejects.toMatchObject({ name: 'PassingError' });
    expect(await totalOf(ports, amounts)).toBe(0);
    ports.effects.script('refused');
    await expect(perform(ports, RECORD)).rejects.toThrow('It was not done');
    expect(await totalOf(ports, amounts)).toBe(0);
    expect(await ports.cases.action(CASE_ID, RECORD)).toMatchObject({ state: 'unsure', counted: [] });
  });

  it('keeps its place under the cap where nobody knows whether it was done', async () => {
    const { ports } = await decided(aCap({ id: 'mails-a-day', limit: 1, actions: ['send-meeting-mail'] }));
    const [mails] = [aCap({ id: 'mails-a-day', limit: 1 })];
    await reply(ports, await ask(ports));
    ports.effects.script('lost-before');
    await expect(perform(ports, MAIL)).rejects.toThrow('Nobody knows');
    expect(await totalOf(ports, mails)).toBe(1);
    // A second mail would be one too many.
    const requestId = await ask(ports, { attempt: 'ask-2', problem: 'Nobody knows' });
    expect(await reply(ports, requestId)).toMatchObject({ kind: 'incomplete' });
  });

  it('goes ahead once the owner has raised the cap, or on another day', async () => {
    const { ports } = await decided(amounts);
    fill(ports, amounts, 90_000);
    await expect(perform(ports, RECORD)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    ports.settings.set(settingsIn('partial', { caps: { 'records-a-day': 180_000 } }));
    expect(await perform(ports, RECORD)).toMatchObject({ state: 'done' });
    const tomorrow = (await decided(amounts)).ports;
    fill(tomorrow, amounts, 90_000);
    tomorrow.clock.advance(DAY_MS);
    expect(await perform(tomorrow, RECORD)).toMatchObject({ state: 'done' });
  });

  it('stops at once at a cap that the owner has lowered', async () => {
    const { ports } = await decided(amounts);
    ports.settings.set(settingsIn('partial', { caps: { 'records-a-day': 89_999 } }));
    await expect(perform(ports, RECORD)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.calls).toBe(0);
  });

  it('does not pass a cap of its day together with one of another case that goes out at the same time', async () => {
    const { ports } = await decided({ ...amounts, limit: 179_999 });
    expect(await judgedAgain(ports)).toMatchObject({ next: 'act' });
    const ends = await Promise.allSettled([perform(ports, RECORD), perform(ports, RECORD, OTHER)]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ports.effects.done).toHaveLength(1);
  });
});

describe('a breach of a cap', () => {
  const signals = async (ports: MemoryPorts) => (await ports.records.get(CASE_ID))?.signals ?? [];
  const phase = async (ports: MemoryPorts) => (await ports.settings.get(WORKFLOW)).own?.phase;

  it('counts against the agents, in one write with the denied action, and takes a phase at once', async () => {
    const { ports } = await decidedLead({ phase: 'full', workflow: under(amounts) });
    fill(ports, amounts, 1);
    await expect(perform(ports, RECORD)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    const reason = 'The limit records-a-day allows at most 900.00 EUR in one day. This would pass it.';
    expect(await signals(ports)).toMatchObject([
      { kind: 'breach', by: 'remit', fields: ['create-crm-record'], reason },
    ]);
    expect(await phase(ports)).toBe('partial');
    expect((await ports.cases.ledger(governanceCaseId(WORKFLOW))).at(-1)?.event).toMatchObject({
      ...{ type: 'phase-changed', because: 'step-back', from: 'full', to: 'partial' },
      reason: `A breach in case ${CASE_ID.slice(0, 8)}: ${reason}`,
    });
    expect((await ports.cases.ledger(CASE_ID)).filter(({ event }) => event.type === 'cap-reached')).toHaveLength(1);
  });

  it('is none where a person said yes to the action', async () => {
    const mails = aCap({ id: 'mails-a-day', limit: 1, actions: ['send-meeting-mail'] });
    const { ports } = await decided(mails);
    await reply(ports, await ask(ports));
    fill(ports, mails, 1);
    await expect(perform(ports, MAIL)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(await signals(ports)).toEqual([]);
    expect(await phase(ports)).toBe('partial');
    expect((await ports.cases.ledger(CASE_ID)).at(-1)?.event).toMatchObject({ type: 'cap-reached', actionId: MAIL });
  });

  it('is none where a person decided the case', async () => {
    const { ports, opened } = await decidedLead({ workflow: under(amounts), answer: { confidence: 0.5 } });
    const requestId = await ask(ports, { kind: 'decide-case', actionId: null });
    await reply(ports, requestId);
    const { pinned, cursor } = opened;
    const round = { pinned, cursor, round: 2, turns: [], requestId, failure: null, resume: null };
    await advanceCase.run(ports, round);
    fill(ports, amounts, 1);
    await expect(perform(ports, 'create-crm-record#103')).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(await signals(ports)).toEqual([]);
    expect(await phase(ports)).toBe('partial');
  });

  it('is one too where the money of models keeps an agent from its model', async () => {
    const poor = { status: 'failed' as const, judgement: null, cap: 'model-cost-per-day' };
    const { ports } = await decidedLead({ phase: 'full', answer: poor });
    const reason = 'The limit model-cost-per-day kept qualifier from a model.';
    expect(await signals(ports)).toMatchObject([{ kind: 'breach', by: 'remit', reason }]);
    expect(await phase(ports)).toBe('partial');
  });
});

describe('a person at a cap', () => {
  async function askedAtCap() {
    const { ports } = await decided(amounts);
    fill(ports, amounts, 1);
    const problem = await perform(ports, RECORD).catch((error: Error) => error.message);
    // The owner has given back the phase that the breach has cost.
    ports.settings.set(settingsIn('partial'));
    const requestId = await ask(ports, { actionId: RECORD, problem: String(problem) });
    return { ports, requestId };
  }

  it('is asked with the reason, and a yes does not lift the cap', async () => {
    const { ports, requestId } = await askedAtCap();
    expect(await ports.requests.get(requestId)).toMatchObject({
      question: 'Create the CRM record: Hanna Hot, Shop?',
      reasons: [expect.stringContaining('A yes is taken on another day or once the owner raises it')],
    });
    expect(await reply(ports, requestId)).toMatchObject({
      ...{ kind: 'incomplete', problem: expect.stringContaining('no yes lifts a limit') },
    });
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'open' });
  });

  it('may lower it below the cap, and not edit it above it', async () => {
    const { ports, requestId } = await askedAtCap();
    const args = (await ports.cases.action(CASE_ID, RECORD))?.arguments;
    const above = await reply(ports, requestId, { verb: 'edit', edits: { ...args, score: 10 } });
    expect(above).toMatchObject({ kind: 'incomplete', problem: expect.stringContaining('records-a-day') });
    expect(await reply(ports, requestId, { verb: 'edit', edits: { ...args, score: 8 } })).toMatchObject({
      kind: 'answered',
    });
    expect(await perform(ports, RECORD)).toMatchObject({ state: 'done' });
    expect(await totalOf(ports, amounts)).toBe(80_001);
  });

  it('may say no, or do it by hand', async () => {
    for (const verb of ['reject', 'take-over'] as const) {
      const { ports, requestId } = await askedAtCap();
      expect(await reply(ports, requestId, { verb, reason: 'by hand' })).toMatchObject({ kind: 'answered' });
      expect(await perform(ports, RECORD)).toMatchObject({ state: 'refused' });
    }
  });

  it('may say yes once the owner has raised it', async () => {
    const { ports, requestId } = await askedAtCap();
    ports.settings.set(settingsIn('partial', { caps: { 'records-a-day': 90_001 } }));
    expect(await reply(ports, requestId)).toMatchObject({ kind: 'answered' });
    expect(await perform(ports, RECORD)).toMatchObject({ state: 'done' });
  });
});

describe('a plan that a cap has no room for', () => {
  it.each<[string, Cap]>([
    ['as a whole, though each of its actions would fit', effects],
    ['in another currency than the cap', aCap({ id: 'dollars', limit: 10_000_000, counts: 'amount', currency: 'USD' })],
  ])('%s is asked of a person before anything is done', async (_what, cap) => {
    const { ports, advanced } = await decided(cap);
    expect(advanced).toMatchObject({ next: 'ask', actions: [] });
    const { verdict } = (await ports.cases.get(CASE_ID)) ?? {};
    expect(verdict?.reasons).toEqual([
      { code: `cap:${cap.id}`, text: expect.stringContaining('Its actions would pass it.') },
    ]);
  });

  it('counts with what the day holds already', async () => {
    const { ports } = await decided({ ...effects, limit: 5 });
    fill(ports, effects, 4);
    expect(await judgedAgain(ports)).toMatchObject({ next: 'ask' });
  });
});

const OTHER = caseIdOf({ workflow: 'lead-qualification', trigger: 'contact-form', eventId: 'msg_2' });

/** The same answer of the agent, in another case. */
async function judgedAgain(ports: MemoryPorts) {
  const { pinned, cursor } = await openCase.run(ports, caseStart({ caseId: OTHER, eventId: 'msg_2' }));
  const turns = (await ports.cases.ledger(CASE_ID)).flatMap(({ event }) =>
    event.type === 'turn-finished' ? [event.turn] : [],
  );
  const round = { pinned, cursor, round: 1, turns, requestId: null, failure: null, resume: null };
  return advanceCase.run(ports, round);
}

describe('an action that comes after another', () => {
  const followed = () =>
    decidedLead({
      workflow: (deployed) => {
        const record = deployed.actions['create-crm-record'];
        if (record === undefined) throw new Error('the workflow has no such action');
        return {
          ...deployed,
          actions: { ...deployed.actions, 'create-crm-record': { ...record, after: ['post-to-sales-hot'] } },
        };
      },
    });

  it('is done once that is done', async () => {
    const { ports } = await followed();
    await expect(perform(ports, RECORD)).rejects.toThrow('has not been done in this case: Post to #sales-hot.');
    await perform(ports, POST);
    expect(await perform(ports, RECORD)).toMatchObject({ state: 'done' });
  });

  it('is done all the same where a person said yes, knowing what is missing', async () => {
    const { ports } = await followed();
    const problem = await perform(ports, RECORD).catch((error: Error) => error.message);
    await reply(ports, await ask(ports, { actionId: RECORD, problem: String(problem) }));
    expect(await perform(ports, RECORD)).toMatchObject({ state: 'done' });
  });

  it('is asked again where the yes was given without knowing', async () => {
    const { ports } = await followed();
    await reply(ports, await ask(ports, { actionId: RECORD }));
    await expect(perform(ports, RECORD)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.calls).toBe(0);
  });
});
