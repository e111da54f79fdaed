import { describe, expect, it } from 'vitest';
import type { Answer } from '../contracts/index.ts';
import { renderBulkPage } from './bulk-page.ts';
import { cardWords } from './chat-card.ts';
import { renderInboxPage } from './inbox-page.ts';
import { attribute, elements, parsed, shownText } from './read-markup.ts';
import { renderTooManyTriesPage } from './refusal-pages.ts';
import { renderRequestPage } from './request-page.ts';
import { type Answering, NO_PLACE, type RequestParts, requestView } from './request-view.ts';
import { hotLead, settledLead, shadowReview } from './sample-requests.ts';
import { heldLead } from './sample-undo.ts';
import { renderForeignFormPage, renderGoOnPage } from './sign-in-pages.ts';

const VOTE: Answer = {
  ...{ verb: 'approve', by: 'ruth.kern@acme.example', proof: 'sign-in', channel: 'inbox', reason: 'Fine by me.' },
  ...{ atMs: Date.UTC(2026, 10, 4, 12), edits: null, seen: '', onBehalfOf: 'ulf@acme.example', onPageMs: null },
};
const PERSON = hotLead.person;
const PLACE = { ...NO_PLACE, signedInAs: PERSON, formToken: 'form-token', shown: 'stamp' };

function asked(changes: Partial<RequestParts['request']>, more: Partial<RequestParts> = {}): RequestParts {
  return { ...hotLead, ...more, request: { ...hotLead.request, ...changes } };
}

const pageOf = (parts: RequestParts) => parsed(renderRequestPage(requestView(parts)).body);
const textOf = (parts: RequestParts): string => shownText(pageOf(parts));

function verbs(parts: RequestParts): string[] {
  return elements(pageOf(parts), 'button').flatMap((button) =>
    attribute(button, 'name') === 'verb' ? [attribute(button, 'value') ?? ''] : [],
  );
}

function hidden(parts: RequestParts, name: string): string | null {
  const input = elements(pageOf(parts), 'input').find((one) => attribute(one, 'name') === name);
  return input === undefined ? null : attribute(input, 'value');
}

describe('a question in the inbox', () => {
  const away = { absence: null, colleagues: [], problem: '', typed: null };
  const listed = (parts: RequestParts): string => {
    const inbox = { person: PERSON, place: PLACE, requests: [requestView(parts)], isMore: false, away };
    return shownText(parsed(renderInboxPage({ ...inbox, timeZone: 'UTC', nowMs: parts.nowMs }).body));
  };

  it('says what was decided, how sure it is, why it is asked, and until when in the time of its team', () => {
    const text = listed(hotLead);
    expect(text).toContain('Approval · Lead qualification');
    expect(text).toContain('Priority hot · Lead score 9 (92 %, fairly sure)');
    expect(text).toContain('Mails to customers need a yes in this phase.');
    expect(text).toContain('Answer by today 18:10 CET (in 3 h)');
    expect(listed(asked({ reasons: ['One.', 'Two.', 'Three.'] }))).toContain('One. And 2 more reasons.');
    expect(listed(asked({ reasons: ['kind: below what it takes', 'Two.'] }))).toContain(
      'kind: below what it takes. And 1 more reason.',
    );
  });

  it('that goes out by itself says when it does, not until when to answer', () => {
    expect(listed(heldLead)).toContain('Goes out today 14:20 CET');
  });
});

describe('the request page, once several people are asked', () => {
  it('says who has said yes, for whom, and how many are missing', () => {
    const text = textOf(asked({ quorum: 3, votes: [VOTE] }));
    expect(text).toContain('1 of 3 yes');
    expect(text).toContain('ruth.kern@acme.example for ulf@acme.example, Wed 4 Nov 2026, 13:00 CET: “Fine by me.”');
    expect(text).toContain('It needs 2 more, each from another person. One no ends it.');
    expect(textOf(hotLead)).not.toContain('of 1 yes');
  });

  it('offers no second yes to who has given one, in whosever name, but still a no', () => {
    for (const own of [
      { by: PERSON.toUpperCase(), onBehalfOf: null },
      { by: 'x@acme.example', onBehalfOf: PERSON },
    ]) {
      const parts = asked({ quorum: 2, votes: [{ ...VOTE, ...own }] });
      expect(textOf(parts)).toContain('You have said yes.');
      expect(verbs(parts)).toEqual(['new-code', 'sign-in', 'edit', 'reject', 'respond']);
    }
  });

  it('says who may not approve, and offers them no yes at all', () => {
    const excluded = ['intern@acme.example'];
    expect(textOf(asked({ excluded }))).toContain('Not for intern@acme.example to approve');
    const own = asked({ excluded: [PERSON] });
    expect(textOf(own)).toContain('You asked for this yourself');
    expect(verbs(own)).toEqual(['new-code', 'sign-in', 'reject', 'respond']);
  });

  it('says for whom one answers', () => {
    expect(textOf({ ...hotLead, onBehalfOf: 'ulf@acme.example' })).toContain('You answer for ulf@acme.example');
  });

  it('asks for a reason for a yes where the action wants one', () => {
    expect(textOf(asked({ reasonFor: ['approve', 'edit'] }))).toContain('Needed to approve, edit and approve, reject');
  });
});

describe('the request page after a fact has changed', () => {
  const changed = asked({
    changes: [{ source: 'company-directory', path: 'employees', before: 240, after: 24 }],
    earlier: { ...VOTE, by: PERSON, onBehalfOf: null },
  });

  it('begins with what changed since the yes, old beside new, and that yes', () => {
    const text = textOf(changed);
    expect(text.indexOf('Changed since your yes')).toBeLessThan(text.indexOf(hotLead.request.question));
    expect(text).toContain('Approved Wed 4 Nov 2026, 13:00 CET: “Fine by me.”');
    expect(text).toContain('Company directory: Employees24024');
    expect(textOf(asked({ ...changed.request, earlier: VOTE }))).toContain(
      'Changed since the yes of ruth.kern@acme.example',
    );
  });

  it('is another page than before, so that the answer says which was seen', () => {
    expect(requestView(changed).seen).not.toBe(requestView(hotLead).seen);
  });
});

describe('the answer form', () => {
  const answering = (value: Answering, more: Partial<RequestParts['request']> = {}): RequestParts =>
    asked({ verbs: ['approve', 'reject'], ...more }, { answering: value });

  it('asks for the code of the mail, or offers another way', () => {
    const parts = answering({ kind: 'code', place: { ...NO_PLACE, shown: 'stamp' } });
    expect(textOf(parts)).toContain('Code from the mail');
    expect(verbs(parts)).toEqual(['new-code', 'sign-in', 'approve', 'reject']);
    expect([hidden(parts, 'shown'), hidden(parts, 'csrf')]).toEqual(['stamp', '']);
  });

  it('asks who is signed in for nothing more, and carries the token of their session', () => {
    const parts = answering({ kind: 'signed-in', as: PERSON, place: PLACE });
    expect(textOf(parts)).toContain(`You answer as ${PERSON}`);
    expect(textOf(parts)).not.toContain('Code from the mail');
    expect(verbs(parts)).toEqual(['approve', 'reject']);
    expect(hidden(parts, 'csrf')).toBe('form-token');
  });

  it.each([
    ['unknown', 'Sign in to answer', 'the code from the mail is not enough'],
    ['stale', 'Sign in again to answer', 'a sign-in of the last five minutes'],
  ] as const)('has one button, to sign in, where that is needed (%s)', (because, button, words) => {
    const parts = answering({ kind: 'sign-in', because, place: NO_PLACE });
    expect(verbs(parts)).toEqual(['sign-in']);
    for (const part of [button, words, 'what you typed is still here', 'Approve: '])
      expect(textOf(parts)).toContain(part);
  });

  it('tells somebody else whose link it is, and where their own question would be', () => {
    const parts = answering({ kind: 'somebody-else', as: 'ulf@acme.example', place: PLACE });
    expect(textOf(parts)).toContain(`This link was sent to ${PERSON}, and you are signed in as ulf@acme.example.`);
    expect(verbs(parts)).toEqual(['sign-in']);
  });
});

describe('the inbox', () => {
  const view = (parts: RequestParts) =>
    requestView({ ...parts, answering: { kind: 'signed-in', as: PERSON, place: PLACE } });
  const inbox = (...parts: RequestParts[]) =>
    parsed(
      renderInboxPage({
        ...{ person: PERSON, place: PLACE, requests: parts.map(view), isMore: false, timeZone: 'UTC' },
        ...{ nowMs: hotLead.nowMs, away: { absence: null, colleagues: [], problem: '', typed: null } },
      }).body,
    );

  it('shows every argument of what can be answered from it', () => {
    const text = shownText(inbox(hotLead));
    for (const value of Object.values(hotLead.request.draft)) expect(text).toContain(String(value));
  });

  it('says of a rehearsal that nothing is executed, on the row and on the button', () => {
    const text = shownText(inbox(shadowReview));
    expect(text).toContain('Shadow: nothing will be executed');
    expect(text).toContain('Approve the chosenexecutes nothing');
    expect(shownText(inbox(hotLead))).not.toContain('executes nothing');
  });

  it('lets nobody choose what has to be read first, or needs more proof', () => {
    const changes = [{ source: 'company-directory', path: 'employees', before: 1, after: 2 }];
    const picks = (page: ReturnType<typeof inbox>) =>
      elements(page, 'input').filter((one) => attribute(one, 'name') === 'pick').length;
    expect(picks(inbox(hotLead, asked({ changes })))).toBe(1);
    const stale = requestView({ ...hotLead, answering: { kind: 'sign-in', because: 'stale', place: PLACE } });
    const page = renderInboxPage({
      ...{ person: PERSON, place: PLACE, requests: [stale], isMore: false, timeZone: 'UTC', nowMs: 0 },
      away: { absence: null, colleagues: [], problem: '', typed: null },
    });
    expect(picks(parsed(page.body))).toBe(0);
  });

  it('has no live button when nothing waits', () => {
    const page = inbox();
    expect(shownText(page)).toContain('Nothing waits for you');
    expect(elements(page, 'button').flatMap((one) => attribute(one, 'value') ?? [])).toEqual(['away']);
  });

  it('answers for many at once one by one', () => {
    const outcomes = [
      { requestId: '0'.repeat(32), question: 'One?', isTaken: true, words: 'Approved' },
      { requestId: '1'.repeat(32), question: 'Two?', isTaken: false, words: 'The time to answer is over' },
    ];
    const page = renderBulkPage(outcomes, PLACE);
    expect(page.status).toBe(409);
    expect(shownText(parsed(page.body))).toContain('1 of 2 answered');
    expect(renderBulkPage(outcomes.slice(0, 1), PLACE).status).toBe(200);
  });
});

describe('a card', () => {
  it('asks, or says who answered; a rehearsal says what it is', () => {
    expect(cardWords(requestView(hotLead)).title).toBe(hotLead.request.question);
    expect(cardWords(requestView(shadowReview)).title).toMatch(/^Shadow \(executes nothing\): /);
    const { title, lines } = cardWords(requestView(settledLead));
    expect(title).toMatch(/^Approved with changes: /);
    expect(lines.join('\n')).toContain('Answered by anna.berg@acme.example, Wed 4 Nov 2026');
  });
});

describe('a page on the way to the sign-in', () => {
  it('goes on by itself, without a script, and has a link for who waits', () => {
    const { headers, body } = renderGoOnPage('https://pool.example/oauth2/authorize?a=1&b=2', 'Sign in');
    expect(headers['refresh']).toBe('0; url=https://pool.example/oauth2/authorize?a=1&b=2');
    const [link] = elements(parsed(body), 'a');
    expect(link && attribute(link, 'href')).toBe('https://pool.example/oauth2/authorize?a=1&b=2');
  });
});

describe('too many codes', () => {
  it('end with a button while there may be another one, and without one where not', () => {
    const buttons = (page: { body: string }) => elements(parsed(page.body), 'button').length;
    expect(buttons(renderTooManyTriesPage({ canSend: true }))).toBe(1);
    expect(buttons(renderTooManyTriesPage({ hasSent: true }))).toBe(0);
  });
});

describe('a form that no page of ours made', () => {
  it.each([
    ['POST /inbox', '/inbox'],
    ['POST /inbox/{id}', '/inbox/1'],
    ['POST /r/{id}/code', '/r/1/code'],
    ['POST /cases/{id}/overturn', '/cases/1/overturn'],
  ])('sent by %s leads to the inbox from where it is', (route, path) => {
    const [, link = ''] = /<a href="([^"]*inbox)">/.exec(renderForeignFormPage(route).body) ?? [];
    expect(new URL(link, `https://remit.example/prefix${path}`).pathname).toBe('/prefix/inbox');
  });
});
