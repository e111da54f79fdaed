import { describe, expect, it, vi } from 'vitest';
import { ask } from '../../test/support/asked-lead.ts';
import { CrashingPorts } from '../../test/support/crashing-ports.ts';
import { closed, decidedExpense, expensePorts, PAY, pay, settledExpense } from '../../test/support/expense-case.ts';
import { DIRECTOR, expenseSettings, MANAGER } from '../../test/support/expenses.ts';
import { decidedLead, WARM } from '../../test/support/lead-case.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { MemoryShapeStore } from '../../test/support/memory-shape-store.ts';
import { type Shape, ShapeChoice } from '../contracts/index.ts';
import { verifyChain } from '../domain/ledger.ts';
import { DAY_MS } from '../domain/shapes.ts';
import { rememberShape } from './remember-shape.ts';
import { revokeShape } from './revoke-shape.ts';

/** A lunch up to 60 euros for Ann, remembered from a yes; ready for the next case. */
async function rememberedLunch(changes: Partial<ShapeChoice> = {}) {
  const ports = expensePorts();
  const requestId = await settledExpense(ports, await decidedExpense(ports, 'first'));
  const amounts = { freeFields: ['sum.minor'], maxAmount: { minor: 6_000, currency: 'EUR' } };
  const choice = ShapeChoice.parse({ ...amounts, days: 30, maximumUses: 3, ...changes });
  const command = { requestId, by: MANAGER, proof: 'sign-in' as const, choice, confirm: null };
  const shown = await rememberShape.run(ports, command);
  if (shown.kind !== 'preview') throw new Error(shown.kind);
  const stored = await rememberShape.run(ports, { ...command, confirm: shown.preview.confirm });
  if (stored.kind !== 'remembered') throw new Error(stored.kind);
  const { id } = stored.shape;
  const uses = async () => (await ports.shapes.get(id))?.uses;
  const sent = ports.mailer.sent.length;
  const done = ports.effects.done.length;
  return { ports, id, uses, sent, done };
}

const revoke = (ports: MemoryPorts, shapeId: string) =>
  revokeShape.run(ports, { shapeId, by: MANAGER, reason: 'Enough.' });

describe('the next case of the same shape', () => {
  it('runs without asking, once, and its use is counted and on record', async () => {
    const { ports, id, uses, sent } = await rememberedLunch();
    const next = await decidedExpense(ports, 'next', { amountMinor: 5_999 });
    expect(next.advanced.actions).toEqual([{ actionId: PAY, mode: 'perform' }]);
    expect(await uses()).toBe(0);

    await closed(ports, next);
    await pay(ports, next);

    expect(ports.effects.done.filter(({ caseId }) => caseId === next.caseId)).toHaveLength(1);
    expect(await uses()).toBe(1);
    expect(await next.payment()).toMatchObject({ state: 'done', releasedBy: id, requestId: null });
    const ledger = await ports.cases.ledger(next.caseId);
    expect(ledger.map(({ event }) => event.type)).toEqual([
      ...['case-opened', 'turn-finished', 'decision-made'],
      ...['action-released', 'action-intended', 'action-done', 'case-closed'],
    ]);
    expect(ledger[3]?.event).toEqual({ type: 'action-released', actionId: PAY, shapeId: id });
    const head = await ports.cases.get(next.caseId);
    expect(verifyChain(ledger, head?.ledger).ok).toBe(true);
    expect(head).toMatchObject({ personAsked: false });
    expect(await ports.requests.ofCase(next.caseId)).toEqual([]);
    expect(ports.mailer.sent).toHaveLength(sent);
  });

  it('counts one use where the step breaks off after the intent and is run again', async () => {
    const { ports, uses } = await rememberedLunch();
    const next = await decidedExpense(ports, 'next');
    ports.effects.script('lost-after');
    await expect(pay(ports, next)).rejects.toMatchObject({ name: 'PassingError' });
    expect(await pay(ports, next)).toMatchObject({ state: 'done' });
    expect(await uses()).toBe(1);
  });

  it('is asked again once the uses are over', async () => {
    const { ports, uses } = await rememberedLunch({ maximumUses: 2 });
    const modes: (string | undefined)[] = [];
    for (const eventId of ['a', 'b', 'c']) {
      const next = await decidedExpense(ports, eventId);
      modes.push(next.advanced.actions[0]?.mode);
      if (modes.at(-1) === 'perform') await closed(ports, next);
    }
    expect(modes).toEqual(['perform', 'perform', 'ask']);
    expect(await uses()).toBe(2);
  });
});

describe('a person is asked', () => {
  it.each<[string, Parameters<typeof decidedExpense>[2]]>([
    ['for a new recipient', { payee: 'bob@remit.example' }],
    ['for a higher amount', { amountMinor: 6_001 }],
    ['for another purpose', { purpose: 'dinner' }],
    ['where the author wants it', { wantedBy: MANAGER }],
    ['in another segment', { amountMinor: 20_000 }],
  ])('%s', async (_what, changes) => {
    const { ports, uses, done } = await rememberedLunch({ maxAmount: { minor: 6_000, currency: 'EUR' } });
    const next = await decidedExpense(ports, 'next', changes);
    expect(next.advanced.actions.map(({ mode }) => mode)).toEqual(['ask']);
    await expect(pay(ports, next)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.done).toHaveLength(done);
    expect(await uses()).toBe(0);
  });

  it('once it has expired, or was taken back', async () => {
    const expired = await rememberedLunch();
    expired.ports.clock.advance(30 * DAY_MS);
    const revoked = await rememberedLunch();
    await revoke(revoked.ports, revoked.id);
    for (const { ports } of [expired, revoked]) {
      expect((await decidedExpense(ports, 'next')).advanced.actions.map(({ mode }) => mode)).toEqual(['ask']);
    }
  });

  it.each<[string, (lunch: Awaited<ReturnType<typeof rememberedLunch>>) => unknown, RegExp]>([
    ['expired', ({ ports }) => ports.clock.advance(30 * DAY_MS), /its time is over/],
    ['was taken back', ({ ports, id }) => revoke(ports, id), /taken back/],
    ['is gone', ({ ports, id }) => ports.tables.shapes.delete(id), /not there any more/],
  ])('where the yes %s between the plan and the action', async (_what, end, reason) => {
    const lunch = await rememberedLunch();
    const { ports, done } = lunch;
    const next = await decidedExpense(ports, 'next');
    await end(lunch);
    await expect(pay(ports, next)).rejects.toThrow(reason);
    expect(ports.effects.done).toHaveLength(done);

    const before = ports.mailer.sent.length;
    await settledExpense(ports, next);
    expect(await next.payment()).toMatchObject({ state: 'done', mode: 'ask', releasedBy: null });
    expect(ports.mailer.sent.length).toBeGreaterThan(before);
    expect((await ports.cases.ledger(next.caseId)).map(({ event }) => event.type)).not.toContain('action-released');
  });

  it('where the yes ends between the check and the intent: the write itself refuses', async () => {
    const lunch = await rememberedLunch();
    const { ports, id, done } = lunch;
    const next = await decidedExpense(ports, 'next');
    const stale = await ports.shapes.get(id);
    await revoke(ports, id);
    const blind: MemoryPorts = {
      ...ports,
      shapes: Object.assign(Object.create(ports.shapes), { get: async () => stale }),
    };
    await expect(pay(blind, next)).rejects.toThrow('has just ended');
    expect(ports.effects.done).toHaveLength(done);
    expect(await next.payment()).toMatchObject({ state: 'proposed' });
  });

  it('by all but one of those who come at once for the last use', async () => {
    const { ports, uses, done } = await rememberedLunch({ maximumUses: 1 });
    const all = await Promise.all(['a', 'b', 'c'].map((eventId) => decidedExpense(ports, eventId)));
    expect(all.flatMap(({ advanced }) => advanced.actions.map(({ mode }) => mode))).toEqual([
      'perform',
      'perform',
      'perform',
    ]);
    const runs = await Promise.allSettled(all.map((next) => pay(ports, next)));
    expect(runs.map((run) => (run.status === 'rejected' ? run.reason.name : run.value.state)).toSorted()).toEqual([
      ...['NeedsPersonError', 'NeedsPersonError', 'done'],
    ]);
    expect(ports.effects.done).toHaveLength(done + 1);
    expect(await uses()).toBe(1);
  });

  it('while the workflow is in shadow or switched off', async () => {
    const { ports, uses, done } = await rememberedLunch();
    const next = await decidedExpense(ports, 'next');
    for (const settings of [expenseSettings('shadow'), expenseSettings('partial', { paused: true })]) {
      ports.settings.set(settings);
      await expect(pay(ports, next)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    }
    ports.settings.set(expenseSettings('shadow'));
    expect((await decidedExpense(ports, 'shadowed')).advanced).toMatchObject({ next: 'review', actions: [] });
    expect(ports.effects.done).toHaveLength(done);
    expect(await uses()).toBe(0);
  });

  it('from the amount on that is asked every time, whatever is remembered', async () => {
    const { ports, id } = await rememberedLunch();
    const shape = await ports.shapes.get(id);
    // Wider than anybody could have it remembered.
    const wide: Shape | null = shape && {
      ...shape,
      author: DIRECTOR,
      segment: null,
      maxAmount: { minor: 900_000, currency: 'EUR' },
    };
    ports.tables.shapes.set(id, JSON.stringify(wide));
    const modes: (string | undefined)[] = [];
    for (const amountMinor of [99_999, 100_000]) {
      modes.push((await decidedExpense(ports, `${amountMinor}`, { amountMinor })).advanced.actions[0]?.mode);
    }
    expect(modes).toEqual(['perform', 'ask']);
  });

  it('where what is remembered cannot be read', async () => {
    const { ports } = await rememberedLunch();
    const broken = async () => {
      throw new Error('connection lost');
    };
    const blind: MemoryPorts = { ...ports, shapes: Object.assign(Object.create(ports.shapes), { ofWorkflow: broken }) };
    expect((await decidedExpense(blind, 'next')).advanced.actions.map(({ mode }) => mode)).toEqual(['ask']);
    expect(ports.telemetry.sum('Errors')).toBe(1);
  });
});

describe('what is remembered', () => {
  const COLD = { ...WARM, usesIntegratedStack: false, buyingIntent: 'none' };

  it.each([
    ['is not read where nothing is asked', { judgement: COLD }, 'add-to-newsletter#1', 0],
    ['is not read where all that is asked cannot be taken back', {}, 'send-meeting-mail#1', 0],
    ['is not read in shadow', { phase: 'shadow' as const, judgement: WARM }, null, 0],
    ['is read once where something is asked', { judgement: WARM }, 'add-to-nurture#1', 1],
  ])('%s', async (_what, script, first, reads) => {
    const read = vi.spyOn(MemoryShapeStore.prototype, 'ofWorkflow');
    try {
      const { advanced } = await decidedLead(script);
      expect(advanced.actions[0]?.actionId ?? null).toBe(first);
      expect(read).toHaveBeenCalledTimes(reads);
    } finally {
      read.mockRestore();
    }
  });
});

it('an action that a person answers for after all is theirs, and counts no use', async () => {
  const { ports, uses } = await rememberedLunch();
  const next = await decidedExpense(ports, 'next');
  await ask(ports, { caseId: next.caseId, actionId: PAY, problem: 'The switch was off.' });
  expect(await next.payment()).toMatchObject({ state: 'asked', mode: 'ask', releasedBy: null });
  expect(await uses()).toBe(0);
});

describe('a run that breaks off', () => {
  const crashes = [1, 2, 3].flatMap((write) =>
    (['before', 'after'] as const).flatMap((moment) =>
      (['throws', 'dies'] as const).map((manner) => ({ write, moment, manner })),
    ),
  );

  it.each(crashes)('$moment write $write and $manner leaves one effect and one use', async (crash) => {
    const { ports, uses, done } = await rememberedLunch({ maximumUses: 1 });
    const next = await decidedExpense(ports, 'next');
    const crashing = new CrashingPorts(ports, crash);
    await pay(crashing.ports, next).catch(() => undefined);
    expect(crashing.writes).toBeGreaterThanOrEqual(crash.write);
    // The state machine runs the step again, in a new process.
    expect(await pay(ports, next)).toMatchObject({ state: 'done' });
    expect(ports.effects.done).toHaveLength(done + 1);
    expect(await uses()).toBe(1);
    const types = (await ports.cases.ledger(next.caseId)).map(({ event }) => event.type);
    expect(types.filter((type) => type === 'action-released')).toHaveLength(1);
  });
});
