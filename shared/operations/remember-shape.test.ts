import { describe, expect, it } from 'vitest';
import { ask, MAIL, reply } from '../../test/support/asked-lead.ts';
import { decidedExpense, expensePorts, PAY, settledExpense } from '../../test/support/expense-case.ts';
import { DIRECTOR, MANAGER } from '../../test/support/expenses.ts';
import { decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { RequestId, ShapeChoice } from '../contracts/index.ts';
import { verifyChain } from '../domain/ledger.ts';
import { DAY_MS } from '../domain/shapes.ts';
import { listShapes } from './list-shapes.ts';
import { type Remembered, rememberShape } from './remember-shape.ts';
import { revokeShape } from './revoke-shape.ts';

const CHOICE = { days: 30, maximumUses: 5 };

function remember(
  ports: MemoryPorts,
  requestId: RequestId,
  { choice = {}, ...changes }: { choice?: object; by?: string; confirm?: string | null } = {},
): Promise<Remembered> {
  const parsed = ShapeChoice.parse({ ...CHOICE, ...choice });
  return rememberShape.run(ports, {
    requestId,
    by: MANAGER,
    proof: 'sign-in',
    choice: parsed,
    confirm: null,
    ...changes,
  });
}

async function approved(answer: Parameters<typeof settledExpense>[2] = {}) {
  const ports = expensePorts();
  const decided = await decidedExpense(ports, 'first');
  const requestId = await settledExpense(ports, decided, answer);
  const ledger = () => ports.cases.ledger(decided.caseId);
  return { ports, requestId, decided, ledger };
}

function previewOf(remembered: Remembered) {
  if (remembered.kind !== 'preview' && remembered.kind !== 'changed') throw new Error(JSON.stringify(remembered));
  return remembered.preview;
}

describe('a yes', () => {
  it('is shown first as it would be remembered, and nothing is stored', async () => {
    const { ports, requestId, ledger } = await approved();
    const before = (await ledger()).length;
    const preview = previewOf(await remember(ports, requestId, { choice: { freeFields: ['purpose'] } }));
    expect(preview.sentence).toBe(
      '"Pay the expense" goes ahead without asking where Payee is "ann@remit.example", sum.minor is 4200, sum.currency is "EUR" and it moves at most 42.00 EUR, whatever the Purpose, in cases of the segment small, at most 5 times, until 2026-04-01 09:00 UTC, by the yes of manager@remit.example.',
    );
    expect(preview.backTest).toMatchObject({ days: 90, cases: 0, stopped: null });
    expect(await ports.shapes.ofWorkflow('expenses')).toEqual([]);
    expect(await ledger()).toHaveLength(before);
  });

  it('is stored once it is confirmed, with who, how proved and what was shown in the ledger of its case', async () => {
    const { ports, requestId, decided, ledger } = await approved();
    const { confirm, shape, sentence, backTest } = previewOf(await remember(ports, requestId));
    // Time goes on while the person reads.
    ports.clock.advance(60_000);
    const stored = { ...shape, createdAtMs: ports.clock.nowMs() };
    expect(await remember(ports, requestId, { confirm })).toEqual({ kind: 'remembered', shape: stored, sentence });
    expect(await ports.shapes.ofWorkflow('expenses')).toEqual([stored]);
    const entries = await ledger();
    expect(entries.at(-1)?.event).toEqual({
      ...{ type: 'shape-remembered', shape: stored, by: MANAGER, proof: 'sign-in' },
      shown: { sentence, backTest: backTest.summary, digest: confirm },
    });
    expect(verifyChain(entries, (await ports.cases.get(decided.caseId))?.ledger).ok).toBe(true);
  });

  it('that is confirmed twice, or by two calls at once, is one', async () => {
    const { ports, requestId, ledger } = await approved();
    const { confirm } = previewOf(await remember(ports, requestId));
    const [one, two] = await Promise.all([1, 2].map(() => remember(ports, requestId, { confirm })));
    const three = await remember(ports, requestId, { confirm });
    expect([one, two, three].map((each) => each?.kind)).toEqual(['remembered', 'remembered', 'remembered']);
    expect((await ledger()).filter(({ event }) => event.type === 'shape-remembered')).toHaveLength(1);
  });

  it('is not stored for whoever confirms something else than what is shown now', async () => {
    const { ports, requestId } = await approved();
    const { confirm } = previewOf(await remember(ports, requestId));
    const wider = await remember(ports, requestId, { choice: { freeFields: ['payee'] }, confirm });
    const forged = await remember(ports, requestId, { confirm: 'f'.repeat(64) });
    expect([wider.kind, forged.kind]).toEqual(['changed', 'changed']);
    expect(await ports.shapes.ofWorkflow('expenses')).toEqual([]);
  });

  it('shows what it would have let go before, the rejected ones by name', async () => {
    const ports = expensePorts();
    const rejected = await decidedExpense(ports, 'earlier-1');
    await settledExpense(ports, rejected, { verb: 'reject', reason: 'Not ours.' });
    await settledExpense(ports, await decidedExpense(ports, 'earlier-2'));
    await settledExpense(ports, await decidedExpense(ports, 'earlier-3', { payee: 'bob@remit.example' }));
    ports.clock.advance(1_000);
    const requestId = await settledExpense(ports, await decidedExpense(ports, 'now'));
    const { backTest } = previewOf(await remember(ports, requestId));
    expect(backTest.summary).toBe(
      '2 of 3 would have run by themselves; you approved 1 of them, you rejected 1 of them.',
    );
    expect(backTest.changed.find(({ said }) => said?.verb === 'reject')).toMatchObject({
      ...{ caseId: rejected.caseId, actionId: PAY, said: { by: MANAGER, reason: 'Not ours.' } },
    });
  });

  it.each<[string, Parameters<typeof settledExpense>[2], object, Remembered['kind']]>([
    ['of somebody else', {}, { by: DIRECTOR }, 'not-allowed'],
    ['that was a no', { verb: 'reject', reason: 'no' }, {}, 'not-approved'],
    [
      'to other values',
      { verb: 'edit', edits: { payee: 'ann@remit.example', sum: { minor: 1, currency: 'EUR' }, purpose: 'lunch' } },
      {},
      'not-approved',
    ],
    ['for a field that is not there', {}, { choice: { freeFields: ['iban'] } }, 'unfit'],
    [
      'for amounts that others are asked about',
      {},
      { choice: { freeFields: ['sum.minor'], maxAmount: { minor: 50_000, currency: 'EUR' } } },
      'unfit',
    ],
  ])('%s is not remembered', async (_what, answer, change, kind) => {
    const { ports, requestId } = await approved(answer);
    expect((await remember(ports, requestId, change)).kind).toBe(kind);
  });

  it('that does not exist, is not given yet or is too old is not remembered', async () => {
    const { ports, requestId } = await approved();
    const open = await ask(ports, { caseId: (await decidedExpense(ports, 'open')).caseId, actionId: PAY });
    ports.clock.advance(30 * DAY_MS);
    const found = [RequestId.parse('0'.repeat(32)), open, requestId].map((id) => remember(ports, id));
    expect((await Promise.all(found)).map(({ kind }) => kind)).toEqual(['unknown', 'not-approved', 'unfit']);
  });

  it('to a mail, which cannot be taken back, is never remembered', async () => {
    const { ports } = await decidedLead();
    const requestId = await ask(ports, { actionId: MAIL });
    await reply(ports, requestId);
    expect(await remember(ports, requestId, { by: APPROVER })).toEqual({
      ...{ kind: 'unfit', problem: 'It cannot be taken back, so it is asked every time.' },
    });
  });
});

describe('the choice', () => {
  it.each<[string, object]>([
    ['no end', { maximumUses: 1 }],
    ['an end after more than 90 days', { maximumUses: 1, days: 91 }],
    ['no number of uses', { days: 1 }],
    ['no use at all', { days: 1, maximumUses: 0 }],
    ['something that is not known', { days: 1, maximumUses: 1, fixed: {} }],
  ])('with %s is none', (_what, choice) => {
    expect(ShapeChoice.safeParse(choice).success).toBe(false);
  });
});

describe('what is remembered', () => {
  async function remembered() {
    const found = await approved();
    const { confirm } = previewOf(await remember(found.ports, found.requestId));
    const stored = await remember(found.ports, found.requestId, { confirm });
    if (stored.kind !== 'remembered') throw new Error(stored.kind);
    return { ...found, shape: stored.shape, confirm };
  }

  it('is listed with its sentence, its uses and its end', async () => {
    const { ports, shape } = await remembered();
    const listed = async () => listShapes.run(ports, { workflow: 'expenses' });
    expect(await listed()).toEqual([{ ...shape, ended: null, sentence: expect.stringContaining('at most 5 times') }]);
    ports.clock.advance(30 * DAY_MS);
    expect((await listed())?.map(({ ended }) => ended)).toEqual(['its time is over']);
    expect(await listShapes.run(ports, { workflow: 'nothing' })).toBeNull();
  });

  it('is taken back by its author or anybody of the team, at once and once', async () => {
    const { ports, shape, ledger } = await remembered();
    const revoke = (by: string) => revokeShape.run(ports, { shapeId: shape.id, by, reason: 'Too wide.' });
    expect((await revoke('stranger@remit.example')).kind).toBe('not-allowed');
    const revoked = { by: DIRECTOR, atMs: ports.clock.nowMs(), reason: 'Too wide.' };
    expect(await revoke(DIRECTOR)).toEqual({ kind: 'revoked', shape: { ...shape, revoked } });
    expect(await revoke(MANAGER)).toEqual({ kind: 'revoked', shape: { ...shape, revoked } });
    expect((await ledger()).filter(({ event }) => event.type === 'shape-revoked').map(({ event }) => event)).toEqual([
      { type: 'shape-revoked', shapeId: shape.id, by: DIRECTOR, reason: 'Too wide.' },
    ]);
    expect(await revokeShape.run(ports, { shapeId: 'none', by: DIRECTOR, reason: 'x' })).toMatchObject({
      kind: 'unknown',
    });
  });

  it('is not remembered anew in just the same way once it was taken back', async () => {
    const { ports, shape, requestId, confirm } = await remembered();
    await revokeShape.run(ports, { shapeId: shape.id, by: MANAGER, reason: 'Too wide.' });
    expect(await remember(ports, requestId, { confirm })).toMatchObject({ kind: 'unfit' });
  });
});
