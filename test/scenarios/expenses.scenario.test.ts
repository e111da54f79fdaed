import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expenseCategorisation } from '../../agents/expense-categorisation/workflow.ts';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { defaultSettings } from '../../shared/operations/current-settings.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { EXPENSES, FINANCE, type Payment, samplePayment } from '../support/payments.ts';
import { putSettings } from '../support/stored-settings.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const isSettled = ({ state }: CaseAnswer) => state !== 'open';
const actionsOf = ({ actions }: CaseAnswer) => actions.map(({ id, state }) => [id, state]).toSorted();
const reasonsOf = ({ verdict }: CaseAnswer) => (verdict?.reasons ?? []).map(({ code }) => code);

async function decided(payment: Payment): Promise<CaseAnswer> {
  const { status, caseId } = await remit.trigger(EXPENSES, payment);
  expect(status).toBe(202);
  return remit.waitFor(caseId, isSettled);
}

async function effectsOf({ caseId }: CaseAnswer): Promise<string[]> {
  return (await remit.effects(caseId)).map(({ connector }) => connector);
}

describe('a payment in phase partial', () => {
  it('under 100 is booked at once, on its account, with its amount', async () => {
    const found = await decided(samplePayment('small-payment', { id: 'A-1' }));
    expect(found).toMatchObject({ state: 'closed', outcome: 'done', requests: [], phase: 'partial' });
    expect(found.decision).toMatchObject({ account: 'office-supplies', size: 'small', isWasteful: false });
    const [effect] = await remit.effects(found.caseId);
    expect(effect).toMatchObject({
      connector: 'sandbox.books-entry',
      arguments: { transactionId: 'A-1', account: '6410', amount: { minor: 3_140, currency: 'EUR' } },
    });
    expect(found.costUsd).toBe(0);
  });

  it('between 100 and 1,000 is asked, and booked after a yes', async () => {
    const payment = samplePayment('middle-payment', { id: 'B-1' });
    const asked = await decided(payment);
    expect(asked).toMatchObject({ state: 'waiting', decision: { account: 'software', size: 'middle' } });
    expect(await effectsOf(asked)).toEqual([]);

    const page = await remit.answer(await remit.questionMail(FINANCE, payment.id), { verb: 'approve' });

    expect(page.status).toBe(200);
    const closed = await remit.waitFor(asked.caseId, ({ state }) => state === 'closed');
    expect(actionsOf(closed)).toEqual([['book-entry#1', 'done']]);
    expect(await effectsOf(closed)).toEqual(['sandbox.books-entry']);
    const ledger = (closed.ledger ?? []).map((entry) => LedgerEntry.parse(entry));
    expect(verifyChain(ledger)).toMatchObject({ ok: true });
    const types = ledger.map(({ event }) => event.type);
    expect(types.indexOf('decision-made')).toBeLessThan(types.indexOf('action-intended'));
  });

  it('over 1,000 is asked, and left alone after a no', async () => {
    const payment = samplePayment('large-payment', { id: 'C-1' });
    const asked = await decided(payment);
    expect(asked.actions).toMatchObject([{ id: 'book-entry#1', mode: 'ask' }]);
    await remit.answer(await remit.questionMail(FINANCE, payment.id), { verb: 'reject', reason: 'Not ours.' });
    const closed = await remit.waitFor(asked.caseId, ({ state }) => state === 'closed');
    expect(actionsOf(closed)).toEqual([['book-entry#1', 'refused']]);
    expect(await effectsOf(closed)).toEqual([]);
  });

  it('that is charged twice is not booked: its holder is asked, and the second charge disputed after a yes', async () => {
    const once = { card: 'card-2046', memo: 'folders for the personnel files' };
    await decided(samplePayment('small-payment', { ...once, id: 'D-1' }));
    const second = samplePayment('duplicate-payment', { ...once, id: 'D-2' });

    const asked = await decided(second);
    expect(asked.decision).toMatchObject({ duplicateOf: 'D-1' });
    for (const action of ['Ask the card holder', 'Dispute the second charge']) {
      const question = await remit.questionMail(FINANCE, action);
      expect(await (await fetch(question.link)).text()).toContain('D-2');
      await remit.answer(question, { verb: 'approve' });
    }

    const closed = await remit.waitFor(asked.caseId, ({ state }) => state === 'closed');
    expect(await effectsOf(closed)).toEqual(['sandbox.cards-flag', 'sandbox.cards-dispute']);
    const [, dispute] = await remit.effects(closed.caseId);
    expect(dispute?.arguments).toMatchObject({ transactionId: 'D-2', sameAs: 'D-1', amount: { minor: 3_140 } });
  });

  it('that was wasteful is booked, and its holder asked about the amount', async () => {
    const asked = await decided(samplePayment('wasteful-payment'));
    expect(asked.decision).toMatchObject({ isWasteful: true, wastedMinor: 2_800, account: 'fees-and-charges' });
    expect(actionsOf(asked)).toEqual([
      ['book-small-entry#1', 'done'],
      ['flag-to-holder#2', 'asked'],
    ]);
    expect(asked.actions.find(({ id }) => id === 'flag-to-holder#2')?.arguments['reason']).toContain('28.00 EUR');
  });

  it.each([
    ['private-payment', 'rule:against-policy'],
    ['foreign-currency', 'rule:foreign-currency'],
    ['new-merchant', 'rule:new-merchant'],
    ['injection', 'rule:gives-orders'],
    ['broken', 'no-valid-decision'],
  ])('like %s is for a person, because of %s', async (name, reason) => {
    const asked = await decided(samplePayment(name));
    expect(asked).toMatchObject({ state: 'waiting', requests: [{ kind: 'decide-case' }] });
    expect(reasonsOf(asked)).toContain(reason);
    expect(await effectsOf(asked)).toEqual([]);
  });

  it('is one case however often it comes, and something else under its id is a case for a person', async () => {
    const payment = samplePayment('small-payment', { id: 'E-1', card: 'card-2048' });
    const first = await decided(payment);
    expect((await remit.trigger(EXPENSES, payment)).caseId).toBe(first.caseId);

    const other = await decided({ ...payment, amount: '13.40' });

    expect(other.caseId).not.toBe(first.caseId);
    expect(reasonsOf(other)).toContain('rule:booked-before');
    expect(await effectsOf(other)).toEqual([]);
    expect(await remit.effects(first.caseId)).toHaveLength(1);
  });
});

describe('a payment in phase full', () => {
  beforeAll(() => putSettings(remit.url, { ...defaultSettings(expenseCategorisation), phase: 'full' }));

  it('between 100 and 1,000 is booked and told, and a counter-entry takes it back', async () => {
    const payment = samplePayment('middle-payment', { id: 'F-1', amount: '412.00' });
    const { caseId } = await remit.trigger(EXPENSES, payment);
    const done = await remit.waitFor(caseId, ({ state, requests }) => state === 'closed' && requests.length > 0);
    expect(done).toMatchObject({ outcome: 'done', requests: [{ kind: 'undo-action' }] });

    await remit.answer(await remit.questionMail(FINANCE, payment.id), { verb: 'reject' });

    await remit.waitFor(caseId, ({ outcome }) => outcome === 'undone');
    const effects = await remit.effects(caseId);
    expect(effects.map(({ connector }) => connector)).toEqual(['sandbox.books-entry', 'sandbox.books-counter-entry']);
    expect(effects[1]?.arguments).toEqual(effects[0]?.arguments);
  });

  it('over 1,000 is asked all the same', async () => {
    const asked = await decided(samplePayment('large-payment', { id: 'F-2', amount: '1000.01' }));
    expect(asked).toMatchObject({ state: 'waiting', actions: [{ mode: 'ask', state: 'asked' }] });
    expect(await effectsOf(asked)).toEqual([]);
  });
});
