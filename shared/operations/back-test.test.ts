import { describe, expect, it } from 'vitest';
import { decidedExpense, expensePorts, settledExpense } from '../../test/support/expense-case.ts';
import { expenses, MANAGER } from '../../test/support/expenses.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { DAY_MS } from '../domain/shapes.ts';
import { BackTestRule, backTestRule, proposeWorkflowRules } from './back-test.ts';

const LOWER = { kind: 'approve-from', action: 'pay-expense', approveFrom: { minor: 1, currency: 'EUR' } };

/** Lunches that were answered, oldest first, an hour apart. */
async function lunches(count: number, answer: Parameters<typeof settledExpense>[2] = {}) {
  const ports = expensePorts('partial', count + 5);
  for (let n = 0; n < count; n += 1) {
    await settledExpense(ports, await decidedExpense(ports, `${n}`), answer);
    ports.clock.advance(3_600_000);
  }
  return ports;
}

/** What the operation gets is all that it can reach. */
const run = ({ cases, clock, findWorkflow }: MemoryPorts, input: object) =>
  backTestRule.run(
    { cases, clock, findWorkflow },
    BackTestRule.parse({ workflow: 'expenses', change: LOWER, ...input }),
  );

describe('a back-test', () => {
  it('reads closed cases from their ledgers, and leaves everything as it was', async () => {
    const ports = await lunches(3, { verb: 'reject', reason: 'Not ours.' });
    await decidedExpense(ports, 'still open');
    const before = JSON.stringify([...ports.tables.cases, ...ports.tables.actions, ...ports.tables.ledger]);
    const [asked, done] = [ports.models.questions.length, ports.effects.calls];
    const fields = {
      action: 'pay-expense',
      segment: 'small',
      freeFields: ['payee', 'sum.minor', 'sum.currency', 'purpose'],
    };
    const shape = { ...fields, maxAmount: { minor: 9_000, currency: 'EUR' } };
    const found = await run(ports, { change: { kind: 'shape', shape }, reader: MANAGER });
    expect(found).toMatchObject({
      ...{ kind: 'tested', days: 90, cases: 3, items: 3, stopped: null },
      summary: '3 of 3 would have run by themselves; you rejected 3 of them.',
    });
    expect(JSON.stringify([...ports.tables.cases, ...ports.tables.actions, ...ports.tables.ledger])).toBe(before);
    expect([ports.models.questions.length, ports.effects.calls]).toEqual([asked, done]);
  });

  it('reads page by page, and only what was opened in the time', async () => {
    const ports = await lunches(60);
    expect(await run(ports, {})).toMatchObject({ cases: 60, stopped: null });
    expect(await run(ports, { days: 1 })).toMatchObject({ cases: 24, stopped: null });
  });

  it('says where it stopped', async () => {
    const ports = await lunches(60);
    expect(await run(ports, { maximumCases: 30 })).toMatchObject({
      ...{ cases: 30, stopped: 'It stopped after the newest 30 closed cases. Older ones were not looked at.' },
    });
    let reads = 0;
    const slow = new Proxy(ports.cases, {
      get:
        (store, name) =>
        async (...args: unknown[]) => {
          if (name === 'ledger') {
            reads += 1;
            ports.clock.advance(1_000);
          }
          return Reflect.get(store, name, store).apply(store, args);
        },
    });
    expect(await run({ ...ports, cases: slow }, {})).toMatchObject({
      stopped: expect.stringContaining('when its time was up'),
    });
    expect(reads).toBe(25);
  });

  it.each<[object, string]>([
    [{ kind: 'approve-from', action: 'delete-all', approveFrom: null }, 'no action "delete-all"'],
    [{ kind: 'shape', shape: { action: 'delete-all' } }, 'no action "delete-all"'],
    [{ kind: 'phase', segment: 'nobody', phase: 'full' }, 'no segment "nobody"'],
    [{ kind: 'escalation', without: ['nothing'] }, 'no escalation rule "nothing"'],
    [{ kind: 'cap', cap: { id: 'unknown', limit: 1 } }, 'no cap "unknown"'],
    [{ kind: 'cap', cap: { id: 'unknown', limit: 1, counts: 'amount', per: 'day' } }, 'in which currency'],
    [{ kind: 'cap', cap: { id: 'daily-money', limit: 1, actions: ['delete-all'] } }, 'no action "delete-all"'],
  ])('of %j is refused with what is wrong', async (change, problem) => {
    expect(await run(expensePorts(), { change })).toEqual({ kind: 'unfit', problem: expect.stringContaining(problem) });
  });

  it('of a workflow that there is not finds none', async () => {
    expect(await run(expensePorts(), { workflow: 'nothing' })).toMatchObject({ kind: 'unknown' });
  });

  it('of a declared cap takes what is not said from it', async () => {
    const ports = await lunches(3);
    const change = { kind: 'cap', cap: { id: 'daily-money', limit: 9_000 } };
    expect(await run(ports, { change })).toMatchObject({
      summary: expect.stringContaining('1 of 3 would have been stopped'),
    });
    expect(expenses.caps.filter(({ counts }) => counts === 'amount')).toHaveLength(1);
  });
});

describe('proposed rules', () => {
  it('come of refusals that repeat, with their back-test', async () => {
    const { cases, clock, findWorkflow } = await lunches(3, { verb: 'reject', reason: 'Not ours.' });
    const wanted = { workflow: 'expenses', days: 90, maximumCases: 500 };
    const found = await proposeWorkflowRules.run({ cases, clock, findWorkflow }, wanted);
    expect(found?.rules.map(({ refusals, backTest }) => [refusals, backTest.summary])).toEqual([
      [3, '3 of 3 would have been refused without asking; people rejected 3 of them.'],
    ]);
    expect(
      await proposeWorkflowRules.run({ cases, clock, findWorkflow }, { ...wanted, workflow: 'nothing' }),
    ).toBeNull();
  });

  it('are none a month later', async () => {
    const ports = await lunches(3, { verb: 'reject', reason: 'Not ours.' });
    ports.clock.advance(31 * DAY_MS);
    const found = await proposeWorkflowRules.run(ports, { workflow: 'expenses', days: 90, maximumCases: 500 });
    expect(found?.rules).toEqual([]);
  });
});
