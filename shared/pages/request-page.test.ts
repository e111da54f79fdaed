import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject, TurnResult } from '../contracts/index.ts';
import { pageHeaders } from './page-shell.ts';
import { attribute, elements, parsed, shownText, textOf } from './read-markup.ts';
import { renderRequestPage } from './request-page.ts';
import { type RequestParts, requestView } from './request-view.ts';
import { mailArguments, turn } from './sample-lead.ts';
import { hotLead, incompleteLead, shadowReview } from './sample-requests.ts';

describe('the request page', () => {
  it('shows question, reason, deadline with zone, and what happens without an answer', () => {
    const text = read(hotLead);
    expect(text).toContain('Send Maria Lindqvist a mail that offers a meeting?');
    expect(text).toContain('Mails to customers need a yes in this phase.');
    expect(text).toContain('today 18:10 CET');
    expect(text).toContain('in 3 h, asked 8 min ago');
    expect(text).toContain('Without an answer by Wed 4 Nov 2026, 18:10 CET (in 3 h): no mail is sent');
  });

  it('says at a glance what was decided, and nothing of it where the person is to decide first', () => {
    const glance = ({ body }: { body: string }) =>
      elements(parsed(body), 'section').flatMap((one) =>
        attribute(one, 'aria-label') === 'At a glance' ? [textOf(one)] : [],
      );
    const page = (parts: RequestParts) => glance(renderRequestPage(requestView(parts)))[0];
    expect(page(hotLead)).toMatch(/^\s*The agent decidedPriority hot · Lead score 9Answer by/);
    const blind = { ...shadowReview, request: { ...shadowReview.request, draft: {} } };
    expect(page(blind)).not.toContain('decided');
  });

  it('says each thing once above the deadline', () => {
    const { sourceTitles } = incompleteLead;
    const reasons = [`${sourceTitles['company-directory']}: company not found.`];
    const text = read({ ...incompleteLead, request: { ...incompleteLead.request, reasons } });
    expect(text).not.toContain('Company directory is incomplete.');
    expect(text).toContain('Public profile could not be read.');
    const named = {
      ...hotLead,
      request: { ...hotLead.request, question: `May it go to ${hotLead.workflow.subject}?` },
    };
    expect(read(named)).toContain('ApprovalMay it go to');
  });

  it('shows every argument to the letter, the mail as it will read', () => {
    const text = read(hotLead);
    for (const value of Object.values(mailArguments)) expect(text).toContain(value);
  });

  it('shows the decision with confidence in words and number, and reasons per field', () => {
    const text = read(hotLead);
    expect(text).toContain('92 %, fairly sure');
    expect(text).toContain('Overall 92 %, fairly sure, 85 % needed');
    expect(text).toContain('240 employees, wanted are 50 to 500');
  });

  it('folds the reasons away that are more than a glance takes, and loses none', () => {
    const reasons = ['one', 'two', 'three', 'four', 'five'];
    expect(foldedReasons(reasons)).toEqual(['2 more reasonsfourfive']);
    expect(foldedReasons(reasons.slice(0, 4))).toEqual([]);
    expect(read(withReasons(reasons.slice(0, 4)))).toContain('onetwothreefour');
  });

  it('shows each source with status, time read, what is missing, and its values', () => {
    const text = read(incompleteLead);
    expect(text).toContain('Public profilecould not be read, tried today 14:03 CET (9 min ago)');
    expect(text).toContain('Problem: no answer within 3 seconds, tried 3 times');
    expect(text).toContain('Company directoryincomplete, read today 14:03 CET (9 min ago)');
    expect(text).toContain('Missing: Employees');
    expect(text).toContain('CountryDE');
  });

  it('says what is degraded before anything else is read', () => {
    const text = read(incompleteLead);
    const places = ['Read with care', 'came after failed checks', 'Company directory is incomplete', 'Answer by'].map(
      (each) => text.indexOf(each),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('shows the answers that failed their checks as text, before the evidence', () => {
    const attempts = ['{"tier":"<b>hot</b>"}', 'no JSON at all'];
    const text = read(withTurn({ attempts, status: 'degraded' }));
    const places = ['Answers that failed their checks', attempts[0] ?? '', attempts[1] ?? '', 'Evidence'].map((each) =>
      text.indexOf(each),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(read(hotLead)).not.toContain('failed their checks');
  });

  it('says which sources the answer rests on, where the agent says so', () => {
    const rests = 'the answer rests on it';
    expect(read(hotLead)).not.toContain(rests);
    const text = read(withTurn({ cites: ['crm-history'] }));
    expect(text.split(rests)).toHaveLength(2);
    expect(text).toMatch(/CRM historycomplete[^)]*\), the answer rests on it/);
  });

  it('says that no model was asked where a limit has left no money', () => {
    const text = read(withTurn({ status: 'failed', judgement: null, cap: 'spend-a-day', doubts: ['1 USD is spent.'] }));
    expect(text).toContain('No model was asked by qualifier: its limit is reached.');
    expect(text).toContain('1 USD is spent.');
  });

  it('says in headline, title and on the button that a shadow request executes nothing', () => {
    const page = parsed(renderRequestPage(requestView(shadowReview)).body);
    expect(elements(page, 'h1').map(textOf)).toEqual([
      'Shadow: nothing will be executed Is Maria Lindqvist a hot lead?',
    ]);
    expect(elements(page, 'title').map(textOf)).toEqual(['Nothing will be executed: Is Maria Lindqvist a hot lead?']);
    expect(verbButtons(page)).toEqual(['Agreeexecutes nothing', 'Give the right decisionexecutes nothing', 'Disagree']);
  });

  it.each<[string, RequestParts]>([
    ['the phase is shadow', inPhase('shadow')],
    ['the verdict is review', { ...hotLead, case: { ...hotLead.case, verdict: { kind: 'review', reasons: [] } } }],
    ['the action is only reviewed', { ...hotLead, action: hotLead.action && { ...hotLead.action, mode: 'review' } }],
  ])('never promises an effect when %s', (_, parts) => {
    const text = read(parts);
    expect(text).toContain('nothing will be executed');
    expect(text).not.toContain('The mail goes to Maria now');
    expect(text).not.toContain('Exactly this is done');
  });

  it('offers the verbs that the request permits and no other', () => {
    const parts = { ...hotLead, request: { ...hotLead.request, verbs: ['reject', 'approve'] } } satisfies RequestParts;
    const page = parsed(renderRequestPage(requestView(parts)).body);
    expect(verbButtons(page)).toEqual(['Approve', 'Reject']);
    expect(elements(page).filter((each) => attribute(each, 'name')?.startsWith('edit/'))).toEqual([]);
  });

  it('makes the decision form of an undecided case the first thing to answer with', () => {
    const page = parsed(renderRequestPage(requestView(incompleteLead)).body);
    const edit = elements(page).find((each) => attribute(each, 'id') === 'edit');
    expect(edit && attribute(edit, 'open')).toBe('');
    expect(verbButtons(page)).toEqual(['Decide as in the form', 'The draft is right', 'Answer the agent']);
  });

  it('shows what happens on each verb beside its button', () => {
    const page = parsed(renderRequestPage(requestView(hotLead)).body);
    const described = elements(page, 'button').flatMap((button) => attribute(button, 'aria-describedby') ?? []);
    const words = described
      .map((id) => elements(page).find((each) => attribute(each, 'id') === id))
      .map((each) => each && textOf(each));
    expect(words).toEqual([
      'The mail goes to Maria now, exactly as shown.',
      'Your version is checked again and done in place of this one.',
      'Not done, and nothing else in this case does the same to maria.lindqvist@nordvind.example.',
      'Not done. Your words go to the agents as a fact, and they try again.',
    ]);
  });

  it('shows 200 fields and 20 kB values whole', () => {
    const value = (n: number): string => `${n}: ${'long text <b> & more. '.repeat(950)}end of ${n}`;
    const draft: JsonObject = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`field${n}`, value(n)]));
    const text = read({ ...hotLead, request: { ...hotLead.request, draft }, argumentsSchema: {} });
    const missing = Object.keys(draft).filter((_, n) => !text.includes(`Field${n}`) || !text.includes(value(n)));
    expect(missing).toEqual([]);
  });

  it('stands when nothing is known: no input, decision, reading or schema', () => {
    const bare: RequestParts = {
      ...incompleteLead,
      request: { ...incompleteLead.request, draft: {}, reasons: [], verbs: ['respond'] },
      case: {
        ...incompleteLead.case,
        input: null,
        decision: null,
        confidence: null,
        decidedBy: null,
        verdict: null,
        readings: [],
      },
      argumentsSchema: {},
      turns: [],
    };
    expect(read(bare)).toContain('Nothing: there is no decision to show.');
  });
});

describe('for every page', () => {
  it('gives headers that allow our own style and nothing else', () => {
    const { headers, body } = renderRequestPage(requestView(hotLead));
    const [style] = elements(parsed(body), 'style').map(textOf);
    const hash = createHash('sha256')
      .update(style ?? '')
      .digest('base64');
    expect(headers).toEqual(pageHeaders());
    expect(headers).toMatchObject({
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('holds no script, no inline style and nothing to load', () => {
    const all = elements(parsed(renderRequestPage(requestView(incompleteLead)).body));
    expect(all.filter(({ tagName }) => ['script', 'img', 'link', 'iframe', 'object'].includes(tagName))).toEqual([]);
    expect(all.filter((each) => each.attrs.some(({ name }) => name === 'style' || name.startsWith('on')))).toEqual([]);
  });

  it('names every control and gives every id once', () => {
    const all = elements(parsed(renderRequestPage(requestView(incompleteLead)).body));
    const ids = all.flatMap((each) => attribute(each, 'id') ?? []);
    expect(ids.length).toBe(new Set(ids).size);
    const labelled = new Set(all.filter(({ tagName }) => tagName === 'label').map((label) => attribute(label, 'for')));
    const typed = all.filter(
      ({ tagName, attrs }) =>
        ['input', 'textarea', 'select'].includes(tagName) &&
        !attrs.some(({ value }) => ['hidden', 'radio', 'checkbox'].includes(value)),
    );
    expect(typed.filter((each) => !labelled.has(attribute(each, 'id')))).toEqual([]);
    const pointed = all.flatMap(
      (each) => attribute(each, 'aria-describedby') ?? attribute(each, 'aria-labelledby') ?? [],
    );
    expect(pointed.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('what was seen', () => {
  it('is the same at any time, for any person, and whatever the order of members', () => {
    const shuffled: RequestParts = {
      ...hotLead,
      nowMs: hotLead.nowMs + 60_000,
      person: 'ruth.kern@acme.example',
      request: {
        ...hotLead.request,
        reminded: true,
        draft: Object.fromEntries(Object.entries(mailArguments).reverse()),
      },
    };
    expect(requestView(shuffled).seen).toBe(requestView(hotLead).seen);
  });

  it.each<[string, RequestParts]>([
    [
      'an argument',
      { ...hotLead, request: { ...hotLead.request, draft: { ...mailArguments, to: 'x@nordvind.example' } } },
    ],
    ['the input', { ...hotLead, case: { ...hotLead.case, input: {} } }],
    ['a reading', { ...hotLead, case: { ...hotLead.case, readings: [] } }],
    ['the phase', inPhase('shadow')],
    ['the words for a verb', { ...hotLead, workflow: { ...hotLead.workflow, consequences: {} } }],
  ])('changes with %s', (_, parts) => {
    expect(requestView(parts).seen).not.toBe(requestView(hotLead).seen);
  });
});

function inPhase(phase: 'shadow' | 'full'): RequestParts {
  return { ...hotLead, case: { ...hotLead.case, settings: { ...hotLead.case.settings, phase } } };
}

function withReasons(reasons: string[]): RequestParts {
  return { ...hotLead, turns: (hotLead.turns ?? []).map((turn) => ({ ...turn, reasons })) };
}

function foldedReasons(reasons: string[]): string[] {
  const page = parsed(renderRequestPage(requestView(withReasons(reasons))).body);
  return elements(page, 'details')
    .filter((each) => attribute(each, 'class') === 'more')
    .map(textOf);
}

function read(parts: RequestParts): string {
  return shownText(parsed(renderRequestPage(requestView(parts)).body));
}

function verbButtons(page: ReturnType<typeof parsed>): string[] {
  return elements(page, 'button')
    .filter((each) => attribute(each, 'name') === 'verb' && attribute(each, 'class') !== 'quiet')
    .map(textOf);
}

function withTurn(changes: Partial<TurnResult>): RequestParts {
  return { ...hotLead, turns: [{ ...turn, ...changes }] };
}
