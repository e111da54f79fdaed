import type { Answer } from '../contracts/index.ts';
import { foreign } from './fact-list.ts';
import { type Html, html } from './html.ts';
import type { RequestView } from './request-view.ts';
import { fullMoment } from './when.ts';

/** For whom the person answers, who has said yes already, and that they may not where that is so. */
export function standingSection(view: RequestView): Html[] {
  return [onBehalf(view), votes(view), excluded(view)].filter((part) => part !== null);
}

/** `1 of 2 yes`, or nothing where one person decides. */
export function votesSoFar({ quorum, votes: given }: Pick<RequestView, 'quorum' | 'votes'>): string {
  return quorum > 1 ? `${given.length} of ${quorum} yes` : '';
}

function onBehalf({ onBehalfOf }: RequestView): Html | null {
  if (onBehalfOf === null) return null;
  return html`<section class="band calm" aria-label="You stand in"><h2>You answer for ${foreign(onBehalfOf)}</h2><p>They are away and named you. The record says that you answered for them.</p></section>`;
}

function votes(view: RequestView): Html | null {
  if (view.quorum < 2) return null;
  const missing = view.quorum - view.votes.length;
  const own = view.barred === 'voted' && html`<p>You have said yes. You can still say no.</p>`;
  const rest =
    view.state === 'open' &&
    html`<p>It needs ${missing === 1 ? 'one more yes' : `${missing} more`}, each from another person. One no ends it.</p>`;
  return html`<section class="band calm" aria-label="Votes"><h2>${votesSoFar(view)}</h2>${own}${
    view.votes.length > 0 &&
    html`<ul>${view.votes.map((vote) => html`<li>${voteWords(vote, view.timeZone)}</li>`)}</ul>`
  }${rest}</section>`;
}

function voteWords({ by, onBehalfOf, atMs, verb, reason }: Answer, timeZone: string): Html {
  const who = onBehalfOf === null ? foreign(by) : html`${foreign(by)} for ${foreign(onBehalfOf)}`;
  const words = reason === '' ? '' : html`: “${foreign(reason)}”`;
  return html`${who}, ${fullMoment(atMs, timeZone)}${verb === 'edit' ? ', with changes' : ''}${words}`;
}

function excluded(view: RequestView): Html | null {
  if (view.barred !== 'excluded') return null;
  return html`<section class="band calm" aria-label="Who may not approve"><h2>You asked for this yourself</h2><p>Somebody else has to say yes. You can still say no.</p></section>`;
}

/** Who of the others may not say yes: for them it matters, for whoever may it is a note. */
export function excludedNote(view: RequestView): Html | null {
  if (view.excluded.length === 0 || view.barred === 'excluded') return null;
  const who = view.excluded.map((one, n) => html`${n === 0 ? '' : ', '}${foreign(one)}`);
  return html`<p class="at-deadline">Not for ${who} to approve: they asked for it, so somebody else has to say yes.</p>`;
}
