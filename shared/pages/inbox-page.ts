import { accountBar } from './account-bar.ts';
import { awaySection } from './away-section.ts';
import { deadlineWords } from './deadline-words.ts';
import { foreign } from './fact-list.ts';
import { gistMarkup } from './gist.ts';
import { attributes, type Html, html } from './html.ts';
import { type InboxView, isForList, listSeen } from './inbox-view.ts';
import { type Page, page } from './page-shell.ts';
import { proposalMarkup } from './proposal-section.ts';
import { kindWords } from './question-section.ts';
import type { RequestView } from './request-view.ts';
import { votesSoFar } from './standing-section.ts';
import { timeMarkup } from './time-markup.ts';
import { distance } from './when.ts';

/** Everything that somebody is asked, soonest first, and what they may answer at once. */
export function renderInboxPage(inbox: InboxView): Page {
  const { requests, place } = inbox;
  const many = requests.filter(isForList).length;
  return page({
    status: 200,
    title: `Inbox: ${countWords(requests.length)}`,
    from: '',
    mood: 'is-live',
    account: accountBar(place),
    main: html`<div class="list"><section class="ask"><h1>${countWords(requests.length)}</h1>${requests.length === 0 && html`<p class="note">New questions are mailed to you and stand here.</p>`}</section>
${
  requests.length > 0 &&
  html`<form method="post" id="list" autocomplete="off" accept-charset="utf-8"${attributes({ action: `${place.root}/inbox` })}>
<button type="submit" disabled hidden></button><input type="hidden" name="csrf" value="${place.formToken}">
<ol class="inbox">${requests.map((view) => row(view, inbox))}</ol>
${many > 0 && manyAtOnce(requests)}</form>`
}
${inbox.isMore && html`<p class="note">There are more open questions than were looked at. Answer these, and load the page again.</p>`}
${inbox.mayStart === true && html`<p class="after"><a${attributes({ href: `${place.root}/start` })}>Start a case by hand</a></p>`}
${awaySection(inbox)}</div>`,
  });
}

/** 422: what was typed of an absence was not saved, and why. */
export function renderAwayPage(inbox: Omit<InboxView, 'requests' | 'isMore'>): Page {
  return page({
    status: 422,
    title: 'Not saved',
    from: '',
    mood: 'is-live',
    account: accountBar(inbox.place),
    main: html`<div class="list"><section class="ask"><h1>Being away</h1></section>
${awaySection(inbox)}
<p class="after"><a${attributes({ href: `${inbox.place.root}/inbox` })}>To the inbox</a></p></div>`,
  });
}

function countWords(count: number): string {
  if (count === 0) return 'Nothing waits for you';
  return count === 1 ? 'One question waits for you' : `${count} questions wait for you`;
}

function row(view: RequestView, { place, nowMs }: InboxView): Html {
  const id = view.requestId;
  const notes = notesOf(view);
  const gist = gistMarkup(view.decision);
  const confidence = view.decision?.confidence ?? null;
  const rest = view.reasons.length - 1;
  return html`<li class="${view.effect === 'nothing' ? 'card is-nothing' : 'card'}"><p class="kicker">${view.effect === 'nothing' ? `${view.isShadow ? 'Shadow' : 'Review only'}: nothing will be executed · ` : ''}${kindWords(view)} · ${view.workflow.title} · ${view.workflow.team}</p>
<div class="head">${isForList(view) && pick(view)}<h2><a${attributes({ href: `${place.root}/inbox/${id}` })}>${foreign(view.question)}</a></h2></div>
${gist && html`<p class="gist">${gist}${confidence && html` <span class="soft">(${confidence.percent}, ${confidence.words})</span>`}</p>`}
${view.reasons.slice(0, 1).map((reason) => html`<p class="because">${foreign(reason)}${rest > 0 && `${/[.!?…]$/.test(reason) ? '' : '.'} And ${rest} more ${rest === 1 ? 'reason' : 'reasons'}.`}</p>`)}
<p class="by">${deadlineWords(view).label} ${timeMarkup(view.deadlineMs, { nowMs, timeZone: view.timeZone })} (${distance(view.deadlineMs, nowMs)})${notes.length > 0 && html` · ${notes.map((note, n) => html`${n > 0 ? ' · ' : ''}${note}`)}`}</p>
${view.cautions.length > 0 && html`<ul class="cautions">${view.cautions.map((caution) => html`<li>${foreign(caution)}</li>`)}</ul>`}
<details class="more"><summary>All of what is asked</summary><div class="inner">${view.reasons.map((reason) => html`<p class="words">${foreign(reason)}</p>`)}${proposalMarkup(view.proposal)}</div></details>
${!isForList(view) && html`<p class="words">${whyNotHere(view)}</p>`}</li>`;
}

function notesOf(view: RequestView): Html[] {
  const votes = votesSoFar(view);
  return [
    view.onBehalfOf === null ? null : html`for ${foreign(view.onBehalfOf)}, who is away`,
    votes === '' ? null : html`${votes}`,
    view.barred === 'voted' ? html`you have said yes` : null,
    view.barred === 'excluded' ? html`you asked for it` : null,
  ].filter((note) => note !== null);
}

function pick(view: RequestView): Html {
  const id = view.requestId;
  return html`<label class="pick"><input type="checkbox" name="pick" value="${id}" aria-label="${`Choose: ${view.question}`}"></label><input type="hidden" name="${`digest/${id}`}" value="${view.digest}"><input type="hidden" name="${`seen/${id}`}" value="${listSeen(view)}">`;
}

function whyNotHere(view: RequestView): string {
  if (view.changes.length > 0) return 'What it rests on has changed since: open it to see what.';
  return view.answering.kind === 'sign-in' ? 'Open it: it needs a fresh sign-in.' : 'Open it to answer.';
}

function manyAtOnce(requests: readonly RequestView[]): Html {
  const isAllNothing = requests.filter(isForList).every(({ effect }) => effect === 'nothing');
  const note = isAllNothing ? html`<small>executes nothing</small>` : '';
  return html`<section class="card answer" aria-labelledby="many"><h2 id="many">Answer the chosen ones</h2><p class="note">Each becomes an answer of its own, as if you had opened it.</p>
<div class="field"><label for="reason">Reason</label><p class="hint" id="reason-hint">Needed to reject; kept with each answer.</p><textarea id="reason" name="reason" rows="2" maxlength="2000" dir="auto" aria-describedby="reason-hint"></textarea></div>
<div class="verbs"><div><button type="submit" name="verb" value="approve" class="first">Approve the chosen${note}</button></div><div><button type="submit" name="verb" value="reject" class="reject">Reject the chosen</button></div></div></section>`;
}
