import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../hostile-text.ts';
import type { Page } from '../page-shell.ts';
import { attribute, elements, parsed, shownText, skeleton } from '../read-markup.ts';
import { NO_PLACE } from '../request-view.ts';
import { visibleString } from '../visible-text.ts';
import { type RememberView, renderNotRememberedPage, renderRememberPage } from './remember-page.ts';
import { renderRememberedPage } from './remembered-page.ts';

const texts = hostileTexts(process.env['REMIT_ATTACKS'] ?? '../shared/attacks') ?? [];
const CASE = 'c'.repeat(32);
const ID = `leads.${'1'.repeat(32)}`;

describe.skipIf(texts.length === 0)('a text that attacks whoever shows it', () => {
  it.each(texts)('stays text where a yes is remembered and taken back ($name)', ({ text }) => {
    const [found, harmless] = [pagesOf(text), pagesOf(standIn(text))];
    for (const [name, page] of Object.entries(found)) {
      const read = parsed(page.body);
      const wanted = parsed(harmless[name]?.body ?? '');
      expect({ name, shape: skeleton(read), links: linksOf(read) }).toEqual({
        ...{ name, shape: skeleton(wanted), links: linksOf(wanted) },
      });
      expect(shownText(read)).toContain(visibleString(text).toWellFormed());
    }
  });
});

/** The text as question, names, values and names of fields, sentence, reasons, people, and what was typed. */
function pagesOf(text: string): Record<string, Page> {
  const frame = { place: { ...NO_PLACE, signedInAs: text, formToken: 'token' }, nowMs: 0, timeZone: 'UTC' };
  const view: RememberView = {
    ...frame,
    ...{ requestId: 'a'.repeat(32), question: text, workflow: { title: text, team: text }, answeredAtMs: 0 },
    leaves: [
      ['text', text],
      [`x${text.replaceAll('.', ' ')}`, 1],
      ['list', [text]],
    ],
    ...{ labels: { text }, amount: { minor: 1, currency: 'EUR' } },
  };
  const said = { verb: 'reject', by: text, reason: text };
  const backTest = { summary: text, days: 90, stopped: text, changed: [{ caseId: CASE, atMs: 0, said }] };
  const typed = ['amount-limit', 'days', 'uses', 'limit/text', 'amount', 'alike/text'];
  const sent = {
    submitted: new Map(typed.map((name) => [name, [text]])),
    ...{ status: 200, problems: [text], marked: [text, 'days'], isChanged: true },
    preview: { sentence: text, confirm: 'd'.repeat(64), backTest },
  };
  const remembered = {
    ...{ id: ID, sentence: text, author: text, createdAtMs: 0, expiresAtMs: 1, uses: 0, maximumUses: 1 },
    ...{ from: { caseId: CASE }, mayRevoke: true, ended: null, revoked: null },
  };
  const workflow = { id: 'leads', title: text, team: text };
  const shown = { ...frame, workflow, mayRead: true, remembered };
  const ended = { ...remembered, ended: text, revoked: { by: text, atMs: 0, reason: text } };
  return {
    form: renderRememberPage(view),
    preview: renderRememberPage(view, sent),
    not: renderNotRememberedPage(view, text),
    remembered: renderRememberedPage(shown, text),
    over: renderRememberedPage({ ...shown, remembered: ended }),
  };
}

/** A text that takes the same room and attacks nobody. */
function standIn(text: string): string {
  return text.replace(/[^\s]/g, 'x');
}

function linksOf(page: ReturnType<typeof parsed>): string[] {
  const places = elements(page).flatMap((element) =>
    ['href', 'src', 'action', 'formaction', 'background', 'srcset', 'poster'].map((name) => attribute(element, name)),
  );
  return places.filter((place) => place !== null);
}
