import { describe, expect, it } from 'vitest';
import type { Action, Answer } from '../contracts/index.ts';
import { attribute, elements, parsed, shownText } from './read-markup.ts';
import { renderChangedPage, renderTooManyTriesPage, renderWrongCodePage } from './refusal-pages.ts';
import { type RequestParts, requestView } from './request-view.ts';
import { mailArguments } from './sample-lead.ts';
import { hotLead, settledLead, shadowReview } from './sample-requests.ts';
import { renderExpiredPage, renderSettledPage } from './settled-page.ts';
import { renderUnknownPage } from './unknown-page.ts';

describe('a settled request', () => {
  it('says who decided what, when and how proved, what changed and what happens now', () => {
    const page = renderSettledPage(requestView(settledLead));
    const text = shownText(parsed(page.body));
    expect(page.status).toBe(200);
    expect(text).toContain('Approved with changes');
    expect(text).toContain('Answered byanna.berg@acme.examplewith the code from the mail');
    expect(text).toContain('Wed 4 Nov 2026, 14:09 CET');
    expect(text).toContain('It is done.');
    expect(text).toContain('Route planning at Nordvind: 20 minutes this week?20 minutes on route planning?');
  });

  it('has nothing left to press, whatever the end', () => {
    const views = [
      settledLead,
      answered('approve'),
      answered('reject'),
      answered('approve', 'unsure'),
      shadowAnswered(),
    ].map(requestView);
    const pages = [...views.map((view) => renderSettledPage(view)), renderExpiredPage(requestView(hotLead))];
    for (const { body } of pages) {
      const live = elements(parsed(body)).filter(({ tagName }) =>
        ['button', 'form', 'input', 'textarea', 'a'].includes(tagName),
      );
      expect(live).toEqual([]);
    }
  });

  it.each<[Answer['verb'], Action['state'], string]>([
    ['approve', 'approved', 'It is checked once more and then done, once.'],
    ['approve', 'refused', 'It was checked again and refused, so it was not done.'],
    ['approve', 'unsure', 'nobody knows whether it took effect'],
    ['reject', 'refused', 'Not done, and nothing else in this case does the same'],
  ])('after %s with the action %s it says: %s', (verb, state, words) => {
    expect(shownText(parsed(renderSettledPage(requestView(answered(verb, state))).body))).toContain(words);
  });

  it('says of a shadow answer that nothing was executed', () => {
    const text = shownText(parsed(renderSettledPage(requestView(shadowAnswered())).body));
    expect(text).toContain('Nothing was executed, and nothing will be.');
    expect(text).toContain('Shadow: nothing will be executed');
  });

  it('leads to what is remembered of a yes where that may be, and nobody who is signed in as somebody else', () => {
    const view = requestView(answered('approve'));
    const place = { ...view.answering.place, formToken: 'token' };
    const as = (signedInAs: string | null, mayRemember = true) => {
      const { body } = renderSettledPage({
        ...{ ...view, mayRemember, answering: { ...view.answering, place: { ...place, signedInAs } } },
      });
      return { text: shownText(parsed(body)), isLed: body.includes(`href="../remember/${view.requestId}"`) };
    };
    expect([as(view.person), as(view.person.toUpperCase()), as(null)].map(({ isLed }) => isLed)).toEqual([
      ...[true, true, true],
    ]);
    expect(as(null).text).toContain('Choose what is remembered, signed in');
    expect(as(view.person).text).not.toContain(', signed in');
    expect([as('ruth@acme.example'), as(view.person, false)].map(({ isLed }) => isLed)).toEqual([false, false]);
  });

  it('is gone once it has expired, even before the case has noticed', () => {
    const page = renderExpiredPage(requestView(hotLead));
    expect(page.status).toBe(410);
    expect(shownText(parsed(page.body))).toContain('Nobody answered in time: no mail is sent');
  });
});

describe('an answer that is not taken', () => {
  it('tells nothing about a link that opens nothing', () => {
    expect(renderUnknownPage()).toEqual(renderUnknownPage());
    expect(renderUnknownPage().status).toBe(404);
  });

  it('keeps what was typed after a wrong code, but not the code, and says how many tries are left', () => {
    const body = 'verb=edit&code=111111&reason=Shorter&edit%2Fsubject=Hello%0D%0Athere&edit%2Fto=a%40b.example';
    const page = renderWrongCodePage(requestView(hotLead), { body, triesLeft: 1 });
    const all = elements(parsed(page.body));
    const value = (name: string): string | null | undefined =>
      all.filter((each) => attribute(each, 'name') === name).map((each) => attribute(each, 'value'))[0];
    expect(page.status).toBe(422);
    expect(shownText(parsed(page.body))).toContain('one try is left');
    expect([value('edit/to'), value('code')]).toEqual(['a@b.example', null]);
    expect(page.body).toContain('Hello\nthere</textarea>');
    expect(page.body).not.toContain('111111');
  });

  it('asks for a new code after too many tries, with a button only where one can be sent', () => {
    const buttons = [false, true].map(
      (canSend) => elements(parsed(renderTooManyTriesPage({ canSend }).body), 'button').length,
    );
    expect(buttons).toEqual([0, 1]);
    expect(renderTooManyTriesPage().status).toBe(429);
  });

  it('shows old beside new when the question has changed, and the new one to answer', () => {
    const page = renderChangedPage(requestView(hotLead), { ...mailArguments, subject: 'Old', cc: 'a@b.example' });
    const text = shownText(parsed(page.body));
    expect(page.status).toBe(409);
    expect(text).toContain('SubjectOldRoute planning at Nordvind: 20 minutes this week?');
    expect(text).toContain('CCa@b.examplenot there');
    expect(text).not.toContain('Tomaria.lindqvist@nordvind.examplemaria');
  });
});

function answered(verb: Answer['verb'], state: Action['state'] = 'done'): RequestParts {
  const { answer } = settledLead.request;
  return {
    ...settledLead,
    request: { ...settledLead.request, answer: answer && { ...answer, verb, edits: null } },
    action: settledLead.action && { ...settledLead.action, state },
  };
}

function shadowAnswered(): RequestParts {
  const { answer } = settledLead.request;
  return {
    ...shadowReview,
    request: {
      ...shadowReview.request,
      state: 'answered',
      answer: answer && { ...answer, verb: 'approve', edits: null },
    },
  };
}
