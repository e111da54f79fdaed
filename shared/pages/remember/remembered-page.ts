import { accountBar } from '../account-bar.ts';
import { styleConsole } from '../console/style-console.ts';
import { foreign } from '../fact-list.ts';
import { attributes, type Html, html } from '../html.ts';
import { type Page, page } from '../page-shell.ts';
import type { Place } from '../request-view.ts';
import { timeMarkup } from '../time-markup.ts';
import { takeBackForm } from './take-back-form.ts';

/** A yes that is remembered, as people see it. */
export type RememberedYes = {
  readonly id: string;
  /** All that it lets go, until when and how often. */
  readonly sentence: string;
  readonly author: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly uses: number;
  readonly maximumUses: number;
  readonly from: { readonly caseId: string };
  readonly mayRevoke: boolean;
};

export type RememberedView = {
  /** One level above the page. */
  readonly place: Place;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly workflow: { readonly id: string; readonly title: string; readonly team: string };
  /** Whether whoever looks may read the workflow. */
  readonly mayRead: boolean;
  readonly remembered: RememberedYes & {
    /** Why it counts no longer, in words; null while it counts. */
    readonly ended: string | null;
    readonly revoked: { readonly by: string; readonly atMs: number; readonly reason: string } | null;
  };
};

/** One remembered yes: what it lets go, how much of it is used, and the way to take it back. */
export function renderRememberedPage(view: RememberedView, problem = ''): Page {
  const { place, remembered, workflow, mayRead } = view;
  const { ended, mayRevoke, id } = remembered;
  return page({
    status: problem === '' ? 200 : 422,
    title: ended === null ? 'This yes is remembered' : 'This yes is remembered no longer',
    from: `${workflow.title} · ${workflow.team}`,
    mood: 'is-live',
    css: styleConsole,
    account: accountBar(place),
    main: html`<section class="ask"><h1>${ended === null ? 'This yes is remembered' : 'This yes is remembered no longer'}</h1></section>
${problem !== '' && html`<div class="band bad" role="alert"><h2>Not taken back yet</h2><p>${foreign(problem)}</p></div>`}
<section class="card" aria-labelledby="what"><h2 id="what">What it lets go</h2>${sentence(remembered)}${usedFacts(view, remembered)}${revoked(view)}${ended === null && mayRevoke && takeBackForm(place, { shapeId: id, n: 0 })}</section>
<p class="after">${mayRead ? html`<a${attributes({ href: `${place.root}/workflows/${workflow.id}` })}>All that is remembered of this workflow</a>` : html`<a${attributes({ href: `${place.root}/inbox` })}>To the inbox</a>`}</p>`,
  });
}

/** On the page of its workflow: what is in force, each with its end. Nothing where there is none. */
export function rememberedSection(
  view: Pick<RememberedView, 'place' | 'nowMs' | 'timeZone'> & { readonly remembered: readonly RememberedYes[] },
): Html | null {
  const { remembered, place } = view;
  if (remembered.length === 0) return null;
  return html`<section class="card" aria-labelledby="remembered"><header><h2 id="remembered">Remembered approvals</h2><p>Actions alike go ahead by these without asking.</p></header><ul class="acts">${remembered.map(
    (one, n) =>
      html`<li>${sentence(one)}${usedFacts(view, one)}${one.mayRevoke && takeBackForm(place, { shapeId: one.id, n })}</li>`,
  )}</ul></section>`;
}

function sentence({ sentence: text }: RememberedYes): Html {
  return html`<p>${foreign(text)}</p>`;
}

function usedFacts(
  frame: Pick<RememberedView, 'nowMs' | 'timeZone' | 'place'>,
  { author, createdAtMs, expiresAtMs, uses, maximumUses, from }: RememberedYes,
): Html {
  return html`<dl class="facts"><div><dt>Remembered by</dt><dd>${foreign(author)}</dd></div><div><dt>Since</dt><dd>${timeMarkup(createdAtMs, frame)}, from <a${attributes({ href: `${frame.place.root}/cases/${from.caseId}` })}>case ${from.caseId.slice(0, 8)}</a></dd></div><div><dt>Used</dt><dd>${uses} of ${maximumUses} times</dd></div><div><dt>Ends</dt><dd>${timeMarkup(expiresAtMs, frame)}</dd></div></dl>`;
}

function revoked({ remembered: { ended, revoked: end }, nowMs, timeZone }: RememberedView): Html | null {
  if (ended === null) return null;
  if (end === null) return html`<p class="words">It lets nothing go any more: ${foreign(ended)}.</p>`;
  return html`<p class="words">Taken back by ${foreign(end.by)}, ${timeMarkup(end.atMs, { nowMs, timeZone })}: “${foreign(end.reason)}”</p>`;
}
