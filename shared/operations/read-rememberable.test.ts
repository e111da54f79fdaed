import { describe, expect, it } from 'vitest';
import { ask, MAIL, reply } from '../../test/support/asked-lead.ts';
import { decidedExpense, expensePorts, PAY, settledExpense } from '../../test/support/expense-case.ts';
import { DIRECTOR, MANAGER } from '../../test/support/expenses.ts';
import { decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import { RequestId, ShapeChoice } from '../contracts/index.ts';
import { DAY_MS } from '../domain/shapes.ts';
import { loadRequest } from './load-request.ts';
import { mayRemember } from './may-remember.ts';
import { readRememberable } from './read-rememberable.ts';
import { readShape } from './read-shape.ts';
import { rememberShape } from './remember-shape.ts';

async function answered(answer: Parameters<typeof settledExpense>[2] = {}) {
  const ports = expensePorts();
  const requestId = await settledExpense(ports, await decidedExpense(ports, 'first'), answer);
  const read = (person: string) => readRememberable.run(ports, { requestId, person });
  return { ports, requestId, read };
}

/** Whether the page of the question offers it, and whether it is done where it is asked for. */
async function both({ ports, requestId }: Awaited<ReturnType<typeof answered>>, by: string, days = 90) {
  const loaded = await loadRequest(ports, requestId);
  if (loaded === null) throw new Error('there is no such request');
  const choice = ShapeChoice.parse({ days, maximumUses: 1 });
  const { kind } = await rememberShape.run(ports, { requestId, by, proof: 'sign-in', choice, confirm: null });
  return { isOffered: mayRemember(loaded, { person: by, nowMs: ports.clock.nowMs() }), kind };
}

describe('what can be chosen of a yes', () => {
  it('is each smallest part of the action, with the names that people know, and what it moves', async () => {
    const { read } = await answered();
    expect(await read(MANAGER)).toMatchObject({
      leaves: [
        ['payee', 'ann@remit.example'],
        ['sum.minor', 4_200],
        ['sum.currency', 'EUR'],
        ['purpose', 'lunch'],
      ],
      ...{ labels: { payee: 'Payee' }, amount: { minor: 4_200, currency: 'EUR' }, problem: null },
    });
  });

  it('is nothing for whoever did not answer, nor of a no, an edit, an open or an unknown question', async () => {
    const { ports, read } = await answered();
    expect(await read(DIRECTOR)).toBeNull();
    expect(await (await answered({ verb: 'reject', reason: 'no' })).read(MANAGER)).toBeNull();
    const edits = { payee: 'ann@remit.example', sum: { minor: 1, currency: 'EUR' }, purpose: 'lunch' };
    expect(await (await answered({ verb: 'edit', edits })).read(MANAGER)).toBeNull();
    const open = await ask(ports, { caseId: (await decidedExpense(ports, 'open')).caseId, actionId: PAY });
    expect(await readRememberable.run(ports, { requestId: open, person: MANAGER })).toBeNull();
    const unknown = RequestId.parse('0'.repeat(32));
    expect(await readRememberable.run(ports, { requestId: unknown, person: MANAGER })).toBeNull();
  });

  it('says why nothing can be: it is too long ago, or can never be taken back', async () => {
    const { ports, read } = await answered();
    ports.clock.advance(90 * DAY_MS);
    expect((await read(MANAGER))?.problem).toContain('for 90 days from the yes');
    const lead = await decidedLead();
    const requestId = await ask(lead.ports, { actionId: MAIL });
    await reply(lead.ports, requestId);
    expect((await readRememberable.run(lead.ports, { requestId, person: APPROVER }))?.problem).toContain(
      'It cannot be taken back',
    );
  });
});

describe('a page offers to remember a yes', () => {
  it('where that can succeed, to whoever gave it', async () => {
    expect(await both(await answered(), MANAGER)).toEqual({ isOffered: true, kind: 'preview' });
    expect(await both(await answered(), MANAGER.toUpperCase())).toEqual({ isOffered: true, kind: 'preview' });
  });

  it.each<[string, Parameters<typeof settledExpense>[2], string, string]>([
    ['somebody else', {}, DIRECTOR, 'not-allowed'],
    ['who said no', { verb: 'reject', reason: 'no' }, MANAGER, 'not-approved'],
  ])('never to %s', async (_who, answer, by, kind) => {
    expect(await both(await answered(answer), by)).toEqual({ isOffered: false, kind });
  });

  it('for 90 days', async () => {
    const found = await answered();
    found.ports.clock.advance(90 * DAY_MS - 60_000);
    expect(await both(found, MANAGER)).toMatchObject({ isOffered: true });
    found.ports.clock.advance(60_000);
    expect(await both(found, MANAGER)).toEqual({ isOffered: false, kind: 'unfit' });
  });
});

describe('one remembered yes', () => {
  it('is shown to its author and to who may read its workflow, and to nobody else', async () => {
    const { ports, requestId } = await answered();
    const choice = ShapeChoice.parse({ days: 30, maximumUses: 5 });
    const asked = { requestId, by: MANAGER, proof: 'sign-in', choice } as const;
    const shown = await rememberShape.run(ports, { ...asked, confirm: null });
    const confirm = shown.kind === 'preview' ? shown.preview.confirm : '';
    const stored = await rememberShape.run(ports, { ...asked, confirm });
    const shapeId = stored.kind === 'remembered' ? stored.shape.id : '';
    const read = (person: string, isOperator = false) =>
      readShape.run(ports, { shapeId, reader: { person, isOperator } });
    expect(await read(MANAGER)).toMatchObject({
      shape: { id: shapeId, ended: null, sentence: expect.stringContaining('at most 5 times') },
      ...{ mayRead: true, mayRevoke: true },
    });
    expect(await read(DIRECTOR)).toMatchObject({ mayRead: true, mayRevoke: true });
    expect(await read('operator@remit.example', true)).toMatchObject({ mayRead: true, mayRevoke: false });
    expect(await read('stranger@remit.example')).toBeNull();
    expect(await readShape.run(ports, { shapeId: 'none', reader: { person: MANAGER, isOperator: false } })).toBeNull();
  });
});
