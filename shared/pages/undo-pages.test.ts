import { describe, expect, it } from 'vitest';
import type { Action, Answer, PersonRequest } from '../contracts/index.ts';
import { readAnswerForm } from './read-answer-form.ts';
import { attribute, elements, parsed, shownText, textOf } from './read-markup.ts';
import { requestMail } from './request-mail.ts';
import { renderRequestPage } from './request-page.ts';
import { type RequestParts, requestView } from './request-view.ts';
import { hotLead } from './sample-requests.ts';
import { endedAs, heldLead, toldLead } from './sample-undo.ts';
import { renderSettledPage } from './settled-page.ts';

const invitation = { link: 'https://remit.example/r/0123', code: '481093' };
const shown = (parts: RequestParts) => shownText(parsed(renderRequestPage(requestView(parts)).body));
const buttons = (parts: RequestParts) =>
  elements(parsed(renderRequestPage(requestView(parts)).body), 'button')
    .filter((each) => attribute(each, 'name') === 'verb' && attribute(each, 'class') !== 'quiet')
    .map((each) => [textOf(each), attribute(each, 'class')]);

describe('the page of what is held', () => {
  it('says when it goes out unless somebody stops it, everywhere that it speaks of time', () => {
    const text = shown(heldLead);
    expect(text).toContain('Goes out at 14:20 CET unless you stop it.');
    expect(text).toContain('Goes outtoday 14:20 CETin 8 min, told 2 min ago');
    expect(text).toContain('Unless you stop itIt goes out, once');
    expect(text).toContain('Goes out on Wed 4 Nov 2026, 14:20 CET (in 8 min) unless somebody stops it.');
    expect(text).toContain('What goes out, every field of it.');
    expect(text).not.toContain('Without an answer');
    expect(text).not.toContain('Answer by');
  });

  it('has stopping as the button that stands out, and asks for no words', () => {
    expect(buttons(heldLead)).toEqual([
      ['Stop it', 'first'],
      ['Send it now', 'approve'],
    ]);
    expect(shown(heldLead)).toContain('Kept with your answer.');
  });

  it('has a mail with the same time, that leads to the page', () => {
    const mail = requestMail(requestView(heldLead), invitation);
    expect(mail.subject).toBe('Goes out soon: Send a meeting mail · Maria Lindqvist, Nordvind AB');
    expect(mail.text).toContain('will do this by itself. Goes out at 14:20 CET unless you stop it.');
    expect(mail.text).toMatch(/Goes out: +Wed 4 Nov 2026, 14:20 CET \(in 8 min\)/);
    expect(mail.text).toContain('Read, or stop it:');
  });

  it.each<[PersonRequest['state'], Answer['verb'] | undefined, Action['state'], string, string]>([
    ['answered', 'reject', 'refused', 'Stopped', 'It does not go out'],
    ['answered', 'approve', 'held', 'Sent at once', 'It is checked once more'],
    ['answered', 'approve', 'done', 'Sent at once', 'It is done.'],
    ['expired', undefined, 'held', 'On its way', 'checked once more and goes out, once'],
    ['expired', undefined, 'intended', 'On its way', 'checked once more and goes out, once'],
    ['expired', undefined, 'done', 'Gone out', 'Nobody stopped it in its time, and it went out.'],
    ['expired', undefined, 'taken-back', 'Taken back', 'taken back later'],
    ['expired', undefined, 'refused', 'Not sent', 'it did not go out'],
    ['expired', undefined, 'asked', 'Kept back', 'a person is asked'],
  ])('says once it is %s (%s) and the action %s: %s', (state, verb, action, word, now) => {
    const page = renderSettledPage(requestView(endedAs(heldLead, { state, ...(verb && { verb }) }, action)));
    const text = shownText(parsed(page.body));
    expect(text).toContain(word);
    expect(text).toContain(now);
    expect(text).not.toContain('Goes out soon');
    expect(elements(parsed(page.body), 'button')).toEqual([]);
  });
});

describe('the page of what is done', () => {
  it('says until when it can be taken back, and that it stays done otherwise', () => {
    const text = shown(toldLead);
    expect(text).toContain('Done. You can take it back until tomorrow 14:12 CET.');
    expect(text).toContain('Unless you take it backIt stays done');
    expect(text).toContain('What was done, every field of it.');
    expect(buttons(toldLead)).toEqual([
      ['Take it back', 'first'],
      ['Leave it done', 'approve'],
    ]);
  });

  it('has a mail that tells of it, with a link that undoes and nothing of the arguments', () => {
    const mail = requestMail(requestView(toldLead), invitation);
    expect(mail.subject).toBe('Done: Send a meeting mail · Maria Lindqvist, Nordvind AB');
    expect(mail.text).toContain(
      'did this by itself, as your team allows. You can take it back until tomorrow 14:12 CET.',
    );
    expect(mail.text).toContain('Read, or take it back:');
    expect(mail.text + mail.html).not.toContain('maria.lindqvist@nordvind.example');
  });

  it.each<[PersonRequest['state'], Answer['verb'] | undefined, Action['state'], string, string]>([
    ['answered', 'reject', 'done', 'Taken back', 'What takes it back is on its way'],
    ['answered', 'reject', 'taken-back', 'Taken back', 'What takes it back was done, once.'],
    ['answered', 'approve', 'done', 'Left as it is', 'It stays as it is.'],
    ['expired', undefined, 'done', 'Stays done', 'Nobody took it back in time.'],
    ['expired', undefined, 'taken-back', 'Taken back', 'taken back later'],
    ['cancelled', undefined, 'taken-back', 'Withdrawn', 'It was taken back in another way.'],
  ])('says once it is %s (%s) and the action %s: %s', (state, verb, action, word, now) => {
    const text = shownText(
      parsed(renderSettledPage(requestView(endedAs(toldLead, { state, ...(verb && { verb }) }, action))).body),
    );
    expect(text).toContain(word);
    expect(text).toContain(now);
  });
});

describe('an answer form', () => {
  it('needs no words to stop or take back, and does to refuse', () => {
    const body = 'verb=reject&code=481093&reason=&digest=d&seen=s';
    for (const kind of ['hold-action', 'undo-action'] as const) {
      expect(readAnswerForm(body, {}, { kind })).toMatchObject({ verb: 'reject', reason: '' });
    }
    expect(readAnswerForm(body, {}, { kind: 'approve-action' })).toMatchObject({ marked: ['reason'] });
    expect(readAnswerForm(body, {})).toMatchObject({ marked: ['reason'] });
  });

  it('of a question for a yes speaks as before', () => {
    const text = shown(hotLead);
    expect(text).toContain('Answer by');
    expect(text).toContain('Without an answer by Wed 4 Nov 2026, 18:10 CET (in 3 h):');
    expect(text).toContain('Why you are asked');
  });
});
