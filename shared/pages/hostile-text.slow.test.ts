import { describe, expect, it } from 'vitest';
import { cardWords } from './chat-card.ts';
import { renderCasePage } from './console/case-page.ts';
import { renderOverturnPage } from './console/overturn-page.ts';
import { hostileTexts, requestOf } from './hostile-text.ts';
import { renderInboxPage } from './inbox-page.ts';
import type { Mail } from './mail-layout.ts';
import type { Page } from './page-shell.ts';
import { attribute, elements, parsed, shownText, skeleton, textOf } from './read-markup.ts';
import { renderChangedPage, renderWrongCodePage } from './refusal-pages.ts';
import { reminderMail, requestMail } from './request-mail.ts';
import { renderRequestPage } from './request-page.ts';
import { NO_PLACE, type RequestParts, requestView } from './request-view.ts';
import { sampleCase } from './sample-lead.ts';
import { renderSettledPage } from './settled-page.ts';
import { settledMail, toldMail } from './told-mails.ts';
import { visibleString } from './visible-text.ts';

const texts = hostileTexts(process.env['REMIT_ATTACKS'] ?? '../shared/attacks') ?? [];
const invitation = { link: 'https://remit.example/r/1', code: '481093' };

describe.skipIf(texts.length === 0)('a text that attacks whoever shows it', () => {
  it.each(texts)('stays text on every page that asks, and is shown whole ($name)', ({ text }) => {
    const { found, wanted } = compared(askingPages, text, ['#answer-card']);
    expect(found).toEqual(wanted);
  });

  it.each(texts.filter(({ text }, n) => n % 4 === 0 || !isCollection(text)))(
    'stays text on a settled page ($name)',
    ({ text }) => {
      const { found, wanted } = compared(settledPages, text, []);
      expect(found).toEqual(wanted);
    },
  );

  it.each(texts)('stays text in the inbox, and in every band of a question ($name)', ({ text }) => {
    const { found, wanted } = compared(inboxPages, text, INBOX_LINKS);
    expect(found.map(({ skeleton: shape, links, isWhole }) => ({ shape, links, isWhole }))).toEqual(
      wanted.map(({ skeleton: shape, links }) => ({ shape, links, isWhole: true })),
    );
  });

  it.each(texts)('stays text on the page of its case ($name)', ({ text }) => {
    const { found, wanted } = compared(casePages, text, CASE_LINKS);
    expect(found).toEqual(wanted);
  });

  it.each(texts)('stays text on the page that overturns a decision ($name)', ({ text }) => {
    const { found, wanted } = compared(overturnPages, text, OVERTURN_LINKS);
    expect(found).toEqual(wanted);
  });

  it.each(texts)('is one line of a card ($name)', ({ text }) => {
    for (const state of ['open', 'answered'] as const) {
      const { title, lines } = cardWords(
        requestView({ ...bandsOf(text), request: { ...bandsOf(text).request, state } }),
      );
      for (const line of [title, ...lines]) expect(line).not.toMatch(/[^\P{C}\u200c\u200d]|[\u2028\u2029]/u);
    }
  });

  it.each(texts)('stays text in every mail ($name)', ({ text }) => {
    const harmless = mailsOf(standIn(text));
    for (const [name, mail] of Object.entries(mailsOf(text))) {
      const page = parsed(mail.html);
      expect(mail.subject.replace(/[\u200c\u200d]/g, '')).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,400}$/u);
      expect(mail.text).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
      expect({ name, skeleton: skeleton(page), links: linksOf(page) }).toEqual({
        name,
        skeleton: skeleton(parsed(harmless[name]?.html ?? '')),
        links: [invitation.link],
      });
    }
  });
});

type Shown = { name: string; skeleton: string; links: readonly string[]; isWhole: boolean; typed: string };

type Pages = (text: string) => Record<string, Page>;

/** Pages with a text, and what they have to be: no element or link that a harmless text would not have, the text whole. */
function compared(pages: Pages, text: string, links: readonly string[]): { found: Shown[]; wanted: Shown[] } {
  const harmless = pages(standIn(text));
  const read = Object.entries(pages(text)).map(([name, { body }]) => ({ name, page: parsed(body) }));
  return {
    found: read.map(({ name, page }) => ({
      name,
      skeleton: skeleton(page),
      links: linksOf(page),
      isWhole: shownText(page).includes(visibleString(text).toWellFormed()),
      typed: typedInto(page, 'edit/body') ?? asParsed(text),
    })),
    wanted: read.map(({ name }) => ({
      name,
      skeleton: skeletonOf(harmless[name]),
      links,
      isWhole: true,
      typed: asParsed(text),
    })),
  };
}

/** Of a collection one page is enough: it holds all that the others do. */
function askingPages(text: string): Record<string, Page> {
  const view = requestView(requestOf(text));
  const body = new URLSearchParams({ verb: 'edit', reason: text, 'edit/to': text, 'edit/body': text }).toString();
  const wrong = renderWrongCodePage(view, { body, triesLeft: 2 });
  if (isCollection(text)) return { wrong };
  const bands = renderRequestPage(requestView(bandsOf(text)));
  const changed = renderChangedPage(view, { [text]: text, to: text });
  return { wrong, request: renderRequestPage(view), changed, bands };
}

function settledPages(text: string): Record<string, Page> {
  const parts = requestOf(text);
  const edits = { ...parts.request.draft, subject: `${text}!` };
  const answer = { by: text, proof: 'mail-code', channel: 'page', atMs: 0, reason: text, edits, seen: '' } as const;
  const stood = { onBehalfOf: null, onPageMs: null };
  const request = {
    ...parts.request,
    state: 'answered' as const,
    answer: { ...answer, ...stood, verb: 'edit' as const },
  };
  return { settled: renderSettledPage(requestView({ ...parts, request })) };
}

const INBOX_LINKS = [
  './inbox',
  './cases',
  './workflows',
  './signin/out',
  './inbox/0123456789abcdef0123456789abcdef',
  './inbox/absence',
];

/** A question with something in every band: votes, who may not approve, for whom one answers, what changed. */
function bandsOf(text: string): RequestParts {
  const parts = requestOf(text);
  const given = { verb: 'approve', by: text, proof: 'sign-in', channel: 'inbox', atMs: 0, reason: text } as const;
  const vote = { ...given, edits: null, seen: '', onBehalfOf: text, onPageMs: null };
  const changes = [{ source: 'crm', path: text, before: text, after: { [text]: text } }];
  const request = { ...parts.request, quorum: 3, votes: [vote], excluded: [text], changes, earlier: vote };
  return { ...parts, request, person: 'ana@people.example', onBehalfOf: text };
}

function inboxPages(text: string): Record<string, Page> {
  const place = { ...NO_PLACE, root: '.' as const, signedInAs: text, formToken: 'token' };
  const view = requestView({ ...bandsOf(text), answering: { kind: 'signed-in', as: text, place } });
  const away = { absence: { fromMs: 0, untilMs: 1, delegate: text }, colleagues: [text], problem: text, typed: null };
  const base = { person: text, place, timeZone: 'UTC', nowMs: 0, isMore: true, away };
  // A page of bands alone has links of its own.
  return { inbox: renderInboxPage({ ...base, requests: [view] }) };
}

const CASE_LINKS = [
  ...['../inbox', '../cases', '../workflows', '../signin/out', '../inbox/0123456789abcdef0123456789abcdef'],
];

/** The text as what came in, is proposed, was asked, was answered and stands in the record. */
function casePages(text: string): Record<string, Page> {
  const parts = requestOf(text);
  const { request, case: one, action, workflow } = parts;
  const given = { verb: 'reject', by: text, proof: 'sign-in', channel: 'inbox', atMs: 0, reason: text } as const;
  const answer = { ...given, edits: null, seen: '', onBehalfOf: text, onPageMs: null };
  const event = { type: 'step-failed' as const, step: text, problem: text };
  const told = { caseId: one.id, seq: 1, atMs: 0, event, previousHash: '', hash: '' };
  const view = {
    ...{ place: { ...NO_PLACE, signedInAs: text, formToken: 'token' }, nowMs: 0, timeZone: 'UTC', sourceTitles: {} },
    ...{ workflow: { ...workflow, id: 'leads', subject: text }, isWithheld: false, chainProblem: text },
    mayOverturn: false,
    ...{
      case: { ...one, problems: [text] },
      actions: action === null ? [] : [{ ...action, title: text, reasons: [text] }],
    },
    requests: [request, { ...request, state: 'answered' as const, answer }],
    ledger: [told],
  };
  return { case: renderCasePage(view) };
}

const OVERTURN_LINKS = [
  ...['../../inbox', '../../cases', '../../workflows', '../../signin/out'],
  `../../cases/${sampleCase.id}`,
];

/** The text as what was decided, done, may be taken back or may not, and typed in a form that was refused. */
function overturnPages(text: string): Record<string, Page> {
  const { case: one, argumentsSchema: form, workflow } = requestOf(text);
  const action = { actionId: text, title: text, target: text, problem: text };
  const actions = [
    { ...action, takenBackBy: { title: text, needsYes: true } },
    { ...action, takenBackBy: null },
  ];
  const done = { caseId: one.id, title: text, subject: text, actions };
  const sent = { back: `${one.id}/${text}`, right: text, reason: text, 'edit/to': text, 'edit/body': text };
  const view = {
    ...{ place: { ...NO_PLACE, root: '../..' as const, signedInAs: text, formToken: 'token' }, caseId: one.id, form },
    ...{ workflow: { title: text, team: text }, subject: text, labels: workflow.labels, digest: text, isWhole: false },
    decision: { [text]: text, to: text, body: text, list: [text], nested: { [text]: text }, free: text },
    cases: [0, 1].map((hops) => ({ ...done, hops })),
  };
  const submitted = new Map(Object.entries(sent).map(([name, value]) => [name, [value]]));
  const filled = { submitted, problems: [text], marked: [text, 'reason'] };
  return {
    overturn: renderOverturnPage(view),
    refused: renderOverturnPage(view, { ...filled, status: 409, isChanged: true }),
  };
}

function isCollection(text: string): boolean {
  return text.length > 1_000;
}

const known = new Map<string, string>();

/** Collections share one harmless stand-in, so that it is read once. */
function skeletonOf({ body }: Page = { status: 0, headers: {}, body: '' }): string {
  const found = known.get(body) ?? skeleton(parsed(body));
  known.set(body, found);
  return found;
}

function mailsOf(text: string): Record<string, Mail> {
  const parts = requestOf(text);
  const view = requestView(parts);
  const told = { action: { ...parts.action, title: text }, workflow: parts.workflow, caseId: text, doneAtMs: 0 };
  return {
    request: requestMail(view, { ...invitation, personName: text }),
    reminder: reminderMail(view, invitation),
    settled: settledMail(view, { link: invitation.link }),
    told: toldMail({ ...told, link: invitation.link } as Parameters<typeof toldMail>[0]),
  };
}

/** A text that takes the same room and attacks nobody. */
function standIn(text: string): string {
  const lines = text.includes('\n') || text.includes('\r') ? '\n' : '';
  if (isCollection(text)) return `${'x'.repeat(1_001)}${lines}`;
  return text.replace(/[^\s]/g, 'x');
}

function typedInto(page: ReturnType<typeof parsed>, name: string): string | undefined {
  const area = elements(page, 'textarea').find((each) => attribute(each, 'name') === name);
  return area && textOf(area);
}

function asParsed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd').replace(/\r\n?/g, '\n');
}

/** Where anything that links, sends or loads leads to. */
function linksOf(page: ReturnType<typeof parsed>): string[] {
  const places = elements(page).flatMap((element) =>
    ['href', 'src', 'action', 'formaction', 'background', 'srcset', 'poster'].map((name) => attribute(element, name)),
  );
  return [...new Set(places.filter((place) => place !== null))];
}
