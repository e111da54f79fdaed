import { describe, expect, it } from 'vitest';
import { readSubmitted } from '../read-answer-form.ts';
import { attribute, elements, parsed, shownText } from '../read-markup.ts';
import { NO_PLACE } from '../request-view.ts';
import { readRememberForm } from './read-remember-form.ts';
import {
  type RememberPreview,
  type RememberSent,
  type RememberView,
  renderNotRememberedPage,
  renderRememberPage,
} from './remember-page.ts';

const CASE = 'c'.repeat(32);
const VIEW: RememberView = {
  place: { ...NO_PLACE, signedInAs: 'ana@acme.example', formToken: 'token' },
  ...{ nowMs: 1_000_000, timeZone: 'UTC', requestId: 'a'.repeat(32), question: 'Pay ann?', answeredAtMs: 0 },
  workflow: { title: 'Expenses', team: 'Finance' },
  leaves: [
    ['payee', 'ann@acme.example'],
    ['sum.minor', 4_200],
    ['sum.currency', 'EUR'],
    ['purpose', 'lunch'],
    ['people', 3],
  ],
  ...{ labels: { payee: 'Payee' }, amount: { minor: 4_200, currency: 'EUR' } },
};
const PREVIEW: RememberPreview = {
  sentence: '"Pay" goes ahead without asking.',
  confirm: 'd'.repeat(64),
  backTest: {
    ...{ summary: '2 of 3 would have run by themselves.', days: 90, stopped: 'It stopped early.' },
    changed: [
      { caseId: CASE, atMs: 0, said: { verb: 'reject', by: 'ruth@acme.example', reason: 'Not ours.' } },
      { caseId: 'e'.repeat(32), atMs: 0, said: { verb: 'approve', by: 'ana@acme.example', reason: '' } },
    ],
  },
};
const SENT: RememberSent = {
  submitted: readSubmitted('alike%2Fpurpose=any&amount=up-to&amount-limit=100&days=7&uses=3'),
  ...{ status: 200, problems: [], marked: [], preview: PREVIEW, isChanged: false },
};

const textOf = (sent: RememberSent | null = null, changes: Partial<RememberView> = {}): string =>
  shownText(parsed(renderRememberPage({ ...VIEW, ...changes }, sent).body));
const inputsOf = (sent: RememberSent | null = null) => elements(parsed(renderRememberPage(VIEW, sent).body), 'input');
const buttonsOf = (sent: RememberSent | null = null) =>
  elements(parsed(renderRememberPage(VIEW, sent).body), 'button').map((one) => attribute(one, 'value'));

describe('the page that remembers a yes', () => {
  it('begins with everything the same, and can only show what that lets go', () => {
    const chosen = inputsOf().filter((one) => attribute(one, 'checked') !== null);
    expect(chosen.map((one) => [attribute(one, 'name'), attribute(one, 'value')])).toEqual([
      ['amount', 'same'],
      ['alike/payee', 'same'],
      ['alike/purpose', 'same'],
      ['alike/people', 'same'],
    ]);
    expect(buttonsOf()).not.toContain('remember');
    expect(inputsOf().map((one) => attribute(one, 'name'))).not.toContain('confirm');
  });

  it('lets the amount be chosen once, as people write it, and numbers alone be limited', () => {
    expect(textOf()).toContain('42.00 EUR');
    const names = inputsOf().map((one) => attribute(one, 'name'));
    expect(names).toContain('amount-limit');
    expect(names.filter((name) => name?.startsWith('limit/'))).toEqual(['limit/people']);
    expect(names.some((name) => name?.includes('sum.'))).toBe(false);
    expect(textOf(null, { amount: null })).not.toContain('Exactly this');
  });

  it('shows what would be remembered and what people rejected of it, bound to its digest, with what was chosen', () => {
    const text = textOf(SENT);
    for (const words of [
      ...[PREVIEW.sentence, PREVIEW.backTest.summary, 'In the 90 days before your yes', 'It stopped early.'],
      ...['ruth@acme.example, “Not ours.”', 'Remember exactly this'],
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('eeeeeeee');
    const values = Object.fromEntries(
      inputsOf(SENT)
        .filter((one) => attribute(one, 'type') !== 'radio' || attribute(one, 'checked') !== null)
        .map((one) => [attribute(one, 'name'), attribute(one, 'value')]),
    );
    expect(values).toMatchObject({
      ...{ confirm: PREVIEW.confirm, csrf: 'token', amount: 'up-to', 'amount-limit': '100' },
      ...{ 'alike/purpose': 'any', 'alike/payee': 'same', days: '7', uses: '3' },
    });
  });

  it('has its controls in one form, whose first button does nothing, so that a press of Enter is no yes', () => {
    const radios = inputsOf(SENT).filter((one) => attribute(one, 'type') === 'radio');
    expect(new Set(radios.map((one) => attribute(one, 'form')))).toEqual(new Set(['answer']));
    for (const sent of [null, SENT]) {
      const buttons = elements(parsed(renderRememberPage(VIEW, sent).body), 'button');
      const [first] = buttons.filter((one) => attribute(one, 'class') !== 'quiet');
      expect(first === undefined ? null : attribute(first, 'disabled')).toBe('');
    }
    expect(buttonsOf(SENT).filter((value) => value !== null)).toEqual(['remember', 'show']);
  });

  it('says where something else was agreed to, and what was wrong', () => {
    expect(textOf({ ...SENT, isChanged: true })).toContain('this is not what was shown before');
    const wrong = { ...SENT, preview: null, problems: ['How often: write a number'], marked: ['uses'] };
    expect(textOf(wrong)).toContain('How often: write a number');
    const marked = inputsOf(wrong).filter((one) => attribute(one, 'aria-invalid') === 'true');
    expect(marked.map((one) => attribute(one, 'name'))).toEqual(['uses']);
    expect(buttonsOf(wrong)).not.toContain('remember');
  });

  it('says why a yes cannot be remembered at all', () => {
    const { status, body } = renderNotRememberedPage(VIEW, 'It cannot be taken back.');
    expect(status).toBe(409);
    expect(shownText(parsed(body))).toContain('It cannot be taken back.');
    expect(elements(parsed(body), 'input').map((one) => attribute(one, 'name'))).toEqual(['csrf']);
  });
});

describe('a form that remembers', () => {
  const SAME = { days: '30', uses: '5', verb: 'show' };
  const read = (typed: Readonly<Record<string, string>>, asked = VIEW) =>
    readRememberForm(readSubmitted(new URLSearchParams({ ...SAME, ...typed }).toString()), asked);
  const NARROW = { limits: {}, maxAmount: null, freeFields: [], days: 30, maximumUses: 5 };

  it('keeps every field that it says nothing of, or something strange, as it was', () => {
    expect(read({})).toEqual({ choice: NARROW, confirm: null });
    expect(read({ 'alike/payee': 'all', 'alike/none': 'any', 'alike/sum.minor': 'any' })).toMatchObject({
      choice: NARROW,
    });
    expect(read({ 'alike/payee': 'up-to' })).toMatchObject({ choice: NARROW });
  });

  it('frees and limits what it says', () => {
    const typed = { 'alike/purpose': 'any', 'alike/people': 'up-to', 'limit/people': ' 4.5 ' };
    expect(read(typed)).toMatchObject({ choice: { ...NARROW, freeFields: ['purpose'], limits: { people: 4.5 } } });
  });

  it.each(['100', '100.00', '100 eur'])('limits the amount and the field that holds it, typed as %s', (typed) => {
    expect(read({ amount: 'up-to', 'amount-limit': typed })).toMatchObject({
      choice: { maxAmount: { minor: 10_000, currency: 'EUR' }, limits: { 'sum.minor': 10_000 } },
    });
  });

  it('limits the amount alone where no field holds it', () => {
    const asked = { ...VIEW, leaves: [['score', 4] as const], amount: { minor: 400, currency: 'EUR' } };
    expect(read({ amount: 'up-to', 'amount-limit': '5' }, asked)).toMatchObject({
      choice: { maxAmount: { minor: 500, currency: 'EUR' }, limits: {} },
    });
    const free = { ...VIEW, amount: null };
    expect(read({ amount: 'up-to', 'amount-limit': '5' }, free)).toMatchObject({ choice: { maxAmount: null } });
  });

  it('agrees to a preview by the button for that alone', () => {
    expect(read({ verb: 'remember', confirm: 'abc' })).toMatchObject({ confirm: 'abc' });
    expect(read({ verb: 'remember' })).toMatchObject({ confirm: '' });
    expect(read({ confirm: 'abc' })).toMatchObject({ confirm: null });
  });

  it.each([
    [{ days: '91' }, 'For how many days: write a whole number from 1 to 90', 'days'],
    [{ days: '' }, 'For how many days: write a whole number from 1 to 90', 'days'],
    [{ days: '1e1' }, 'For how many days: write a whole number from 1 to 90', 'days'],
    [{ uses: '0' }, 'How often: write a whole number from 1 to 1000', 'uses'],
    [{ uses: '1001' }, 'How often: write a whole number from 1 to 1000', 'uses'],
    [{ 'alike/people': 'up-to', 'limit/people': '-1' }, 'People: say up to which number', 'limit/people'],
    [
      { 'alike/people': 'any', 'limit/people': '9' },
      'People: you typed a limit and chose something else',
      'limit/people',
    ],
    [{ amount: 'up-to', 'amount-limit': 'much' }, 'Amount: is no amount', 'amount-limit'],
    [{ amount: 'up-to', 'amount-limit': '100 USD' }, 'Amount: is not in EUR', 'amount-limit'],
    [{ amount: 'same', 'amount-limit': '100' }, 'Amount: you typed a limit and chose something else', 'amount-limit'],
  ])('is refused as %o', (typed, problem, name) => {
    const found = read(typed as Record<string, string>);
    if (!('problems' in found)) throw new Error('it was read');
    expect(found.problems).toEqual([expect.stringContaining(problem)]);
    expect(found.marked).toEqual([name]);
  });
});
