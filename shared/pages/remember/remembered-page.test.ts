import { describe, expect, it } from 'vitest';
import { markupOf } from '../html.ts';
import { attribute, elements, parsed, shownText } from '../read-markup.ts';
import { NO_PLACE } from '../request-view.ts';
import { type RememberedView, rememberedSection, renderRememberedPage } from './remembered-page.ts';

const ID = `expenses.${'1'.repeat(32)}`;
const ONE: RememberedView['remembered'] = {
  ...{ id: ID, sentence: '"Pay" goes ahead without asking.', author: 'ana@acme.example', createdAtMs: 0 },
  ...{ expiresAtMs: 86_400_000, uses: 3, maximumUses: 10, from: { caseId: 'c'.repeat(32) }, mayRevoke: true },
  ...{ ended: null, revoked: null },
};
const VIEW: RememberedView = {
  place: { ...NO_PLACE, signedInAs: 'ana@acme.example', formToken: 'token' },
  ...{ nowMs: 0, timeZone: 'UTC', workflow: { id: 'expenses', title: 'Expenses', team: 'Finance' }, mayRead: true },
  remembered: ONE,
};
const textOf = (changes: Partial<RememberedView['remembered']> = {}, problem = ''): string =>
  shownText(parsed(renderRememberedPage({ ...VIEW, remembered: { ...ONE, ...changes } }, problem).body));
const formsIn = (markup: string) =>
  elements(parsed(markup), 'form')
    .map((form) => attribute(form, 'action'))
    .filter((to) => to?.includes('remembered/'));

describe('the page of a remembered yes', () => {
  it('says what it lets go, by whom, how often that happened and until when, and takes it back', () => {
    const text = textOf();
    for (const words of [ONE.sentence, 'ana@acme.example', '3 of 10 times', 'tomorrow', 'Take it back']) {
      expect(text).toContain(words);
    }
    expect(formsIn(renderRememberedPage(VIEW).body)).toEqual([`../remembered/${ID}`]);
  });

  it('says how it ended, and then has nothing to take back', () => {
    const revoked = { by: 'ruth@acme.example', atMs: 0, reason: 'Too wide.' };
    const text = textOf({ ended: 'it was taken back', revoked });
    expect(text).toContain('Taken back by ruth@acme.example');
    expect(text).toContain('“Too wide.”');
    const { body } = renderRememberedPage({ ...VIEW, remembered: { ...ONE, ended: 'it is used up' } });
    expect(shownText(parsed(body))).toContain('It lets nothing go any more: it is used up.');
    expect(formsIn(body)).toEqual([]);
  });

  it('has no form for who only reads, and leads nowhere that they may not look', () => {
    const body = renderRememberedPage({ ...VIEW, mayRead: false, remembered: { ...ONE, mayRevoke: false } }).body;
    expect(formsIn(body)).toEqual([]);
    expect(body).not.toContain('/workflows/expenses');
    expect(renderRememberedPage(VIEW).body).toContain('href="../workflows/expenses"');
  });

  it('asks again for a reason', () => {
    expect(renderRememberedPage(VIEW, 'Please say why.').status).toBe(422);
    expect(textOf({}, 'Please say why.')).toContain('Please say why.');
  });
});

describe('remembered approvals on the page of their workflow', () => {
  it('stand each with a form of its own, for whom it may be taken back by', () => {
    const other = { ...ONE, id: `expenses.${'2'.repeat(32)}` };
    const section = rememberedSection({ ...VIEW, remembered: [ONE, { ...other, mayRevoke: false }, other] });
    if (section === null) throw new Error('there is none');
    const markup = `<!doctype html>${markupOf(section)}`;
    expect(formsIn(markup)).toEqual([`../remembered/${ID}`, `../remembered/${other.id}`]);
    const ids = elements(parsed(markup)).flatMap((one) => attribute(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(shownText(parsed(markup)).split(ONE.sentence)).toHaveLength(4);
  });

  it('are no section where there are none', () => {
    expect(rememberedSection({ ...VIEW, remembered: [] })).toBeNull();
  });
});
