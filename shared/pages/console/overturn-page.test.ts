import { describe, expect, it } from 'vitest';
import { attribute, elements, parsed, shownText } from '../read-markup.ts';
import { NO_PLACE } from '../request-view.ts';
import { decision, decisionSchema, sampleCase } from '../sample-lead.ts';
import { type NotOverturned, type OverturnView, renderOverturnPage } from './overturn-page.ts';
import { readOverturnForm } from './read-overturn-form.ts';

const MAIL = 'send-meeting-mail#1';
const FOLLOWED = 'f'.repeat(32) as typeof sampleCase.id;

const ACTION = { actionId: MAIL, title: 'Send a meeting mail', target: 'maria@nordvind.example' };
const VIEW: OverturnView = {
  place: { ...NO_PLACE, root: '../..', signedInAs: 'ana@acme.example', formToken: 'token' },
  ...{ caseId: sampleCase.id, workflow: { title: 'Leads', team: 'Sales' }, subject: 'Maria Lindqvist' },
  ...{ decision, form: decisionSchema, labels: {}, isWhole: true, digest: 'd'.repeat(64) },
  cases: [
    {
      ...{ caseId: sampleCase.id, title: 'Leads', subject: 'Maria Lindqvist', hops: 0 },
      actions: [
        { ...ACTION, takenBackBy: { title: 'Send an apology', needsYes: true }, problem: '' },
        { ...ACTION, actionId: 'record#2', title: 'Create a record', takenBackBy: null, problem: 'Nothing does.' },
      ],
    },
    {
      ...{ caseId: FOLLOWED, title: 'Onboarding', subject: '', hops: 1 },
      actions: [{ ...ACTION, target: '', takenBackBy: null, problem: 'It is for the team HR to take back.' }],
    },
  ],
};

const textOf = (changes: Partial<OverturnView> = {}, sent: NotOverturned | null = null): string =>
  shownText(parsed(renderOverturnPage({ ...VIEW, ...changes }, sent).body));
const boxesOf = (sent: NotOverturned | null = null) =>
  elements(parsed(renderOverturnPage(VIEW, sent).body), 'input').filter((one) => attribute(one, 'type') === 'checkbox');

describe('the page that overturns a decision', () => {
  it('says what was done, what takes it back, whether that is asked for, and why something stays', () => {
    const text = textOf();
    for (const words of [
      ...['Maria Lindqvist', 'Take it back: Send an apology, once somebody says yes to that', 'Nothing does.'],
      ...['Then: Onboarding', 'It is for the team HR to take back.', 'You overturn it as ana@acme.example'],
    ]) {
      expect(text).toContain(words);
    }
    expect(boxesOf().map((box) => attribute(box, 'value'))).toEqual([`${sampleCase.id}/${MAIL}`]);
  });

  it('chooses nothing by itself: neither what is taken back nor what is right', () => {
    const chosen = elements(parsed(renderOverturnPage(VIEW).body), 'input').filter(
      (input) => attribute(input, 'checked') !== null && !(attribute(input, 'name') ?? '').startsWith('edit/'),
    );
    expect(chosen).toEqual([]);
  });

  it('says where nothing was done, and where more followed than it shows', () => {
    expect(textOf({ cases: VIEW.cases.map((one) => ({ ...one, actions: [] })) })).toContain('Nothing was done.');
    expect(textOf({ isWhole: false })).toContain('More followed from it than is shown here.');
  });

  it('comes back with what was typed, bound to what it shows now', () => {
    const submitted = new Map([
      ['digest', ['old']],
      ['back', [`${sampleCase.id}/${MAIL}`]],
      ['reason', ['Not a buyer.']],
      ['right', ['record']],
      ['edit/tier', ['cold']],
    ]);
    const sent = { submitted, problems: [], marked: [], status: 409, isChanged: true };
    const { status, body } = renderOverturnPage(VIEW, sent);
    expect(status).toBe(409);
    expect(shownText(parsed(body))).toContain('more was done, or somebody was first, since you looked');
    expect(body).toContain('Not a buyer.');
    expect(body).toContain('value="record" required checked');
    expect(body).toContain('name="edit/tier" value="cold" checked');
    expect(boxesOf(sent).map((box) => attribute(box, 'checked'))).toEqual(['']);
    expect(body).toContain(`name="digest" value="${VIEW.digest}"`);
  });
});

describe('a form that overturns', () => {
  const SHOWN = {
    ...{ digest: VIEW.digest, reason: ' Not a buyer. ', right: 'carry-out', back: `${sampleCase.id}/${MAIL}` },
    ...{ 'edit/tier': 'hot', 'edit/score': '9', 'edit/hasBuyingAuthority': 'true', 'edit/isTargetSize': 'true' },
    ...{ 'edit/techStack': 'SAP\nAzure', 'edit/note': '' },
  };
  const read = (typed: Readonly<Record<string, string>>) =>
    readOverturnForm(new URLSearchParams({ ...SHOWN, ...typed }).toString(), VIEW);

  it('is read with the right decision whole', () => {
    expect(read({ 'edit/tier': 'cold' })).toEqual({
      ...{ digest: VIEW.digest, reason: 'Not a buyer.', carryOut: true, decision: { ...decision, tier: 'cold' } },
      takeBack: [{ caseId: sampleCase.id, actionId: MAIL }],
    });
    expect(read({ 'edit/tier': 'cold', right: 'record' })).toMatchObject({ carryOut: false });
    expect(read({ right: 'none' })).toMatchObject({ decision: null, carryOut: false });
  });

  it.each([
    [{ 'edit/tier': 'cold', reason: ' ' }, 'Reason: say why, in a few words', 'reason'],
    [{ 'edit/tier': 'cold', right: 'all' }, 'What is right: choose one', 'right'],
    [{}, 'What is right: the form still holds what was decided; change it, or do not say', 'right'],
    [
      { 'edit/tier': 'cold', right: 'none' },
      'What is right: you changed the form and say that you do not know',
      'right',
    ],
    [{ 'edit/score': '99' }, 'Score: is more than 10', 'edit/score'],
  ])('is refused as %o', (typed, problem, name) => {
    const found = read(typed);
    if (!('problems' in found)) throw new Error('it was read');
    expect(found.problems).toEqual([expect.stringContaining(problem)]);
    expect(found.marked).toEqual([name]);
  });

  it('is judged by what it is bound to where that has changed, so that the same sent twice is the same', () => {
    expect(read({ digest: 'old' })).toMatchObject({ digest: 'old', decision });
  });

  it('takes back nothing that it cannot name', () => {
    expect(read({ 'edit/tier': 'cold', back: 'nonsense' })).toMatchObject({ takeBack: [] });
  });
});
