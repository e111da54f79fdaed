import { accountBar } from './account-bar.ts';
import { foreign } from './fact-list.ts';
import { attributes, type Html, html } from './html.ts';
import { type Page, page } from './page-shell.ts';
import type { Place } from './request-view.ts';

/** What became of each of many answers. */
export type BulkOutcome = {
  readonly requestId: string;
  readonly question: string;
  readonly isTaken: boolean;
  /** `Approved`, or why it was not taken. */
  readonly words: string;
};

/** The answers that were given at once, one by one. */
export function renderBulkPage(outcomes: readonly BulkOutcome[], place: Place): Page {
  const taken = outcomes.filter(({ isTaken }) => isTaken);
  const left = outcomes.filter(({ isTaken }) => !isTaken);
  return page({
    status: left.length === 0 ? 200 : 409,
    title: `${taken.length} of ${outcomes.length} answered`,
    from: '',
    mood: 'is-live',
    account: accountBar(place),
    main: html`<div class="list"><section class="ask"><h1>${taken.length} of ${outcomes.length} answered</h1></section>
${left.length > 0 && html`<section class="band warn" role="alert"><h2>Not answered</h2>${list(left, place)}</section>`}
${taken.length > 0 && html`<section class="card" aria-labelledby="taken"><h2 id="taken">Answered</h2>${list(taken, place)}</section>`}
<p class="after"><a${attributes({ href: `${place.root}/inbox` })}>To the inbox</a></p></div>`,
  });
}

function list(outcomes: readonly BulkOutcome[], { root }: Place): Html {
  return html`<ul class="outcomes">${outcomes.map(
    ({ requestId, question, words }) =>
      html`<li><a${attributes({ href: `${root}/inbox/${requestId}` })}>${foreign(question)}</a><span>${words}</span></li>`,
  )}</ul>`;
}
