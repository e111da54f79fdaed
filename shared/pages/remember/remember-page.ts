import type { Json } from '../../contracts/index.ts';
import { accountBar } from '../account-bar.ts';
import { amountWords } from '../amounts.ts';
import { styleConsole } from '../console/style-console.ts';
import type { Filled } from '../edit-section.ts';
import { factValueMarkup, foreign } from '../fact-list.ts';
import { factValue } from '../facts.ts';
import { attributes, type Html, html } from '../html.ts';
import { type Page, page } from '../page-shell.ts';
import type { Place } from '../request-view.ts';
import { timeMarkup } from '../time-markup.ts';
import { MOST_DAYS, MOST_USES } from './read-remember-form.ts';
import { alikeName, limitName, type RememberAsked, type RememberField, rememberFields } from './remember-fields.ts';

/** A yes that somebody may have remembered for actions alike. */
export type RememberView = RememberAsked & {
  /** One level above the page. */
  readonly place: Place;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly requestId: string;
  readonly question: string;
  readonly workflow: { readonly title: string; readonly team: string };
  readonly answeredAtMs: number;
};

/** What would be remembered, what it would have let go in the past, and the digest of all of that. */
export type RememberPreview = {
  readonly sentence: string;
  readonly confirm: string;
  readonly backTest: {
    readonly summary: string;
    readonly days: number;
    /** Where not all of the time was looked at, in words. */
    readonly stopped: string | null;
    readonly changed: readonly {
      readonly caseId: string;
      readonly atMs: number;
      readonly said: { readonly verb: string; readonly by: string | null; readonly reason: string } | null;
    }[];
  };
};

/** The form as it was sent, with what it would mean, or why nothing could be shown. */
export type RememberSent = Filled & {
  readonly status: number;
  readonly preview: RememberPreview | null;
  /** Another preview was agreed to. */
  readonly isChanged: boolean;
};

const MOST_REJECTED = 20;

/** The page on which a yes is remembered: what is chosen is shown first, and only what was shown can be agreed to. */
export function renderRememberPage(view: RememberView, sent: RememberSent | null = null): Page {
  const { workflow, place, question, requestId, nowMs, timeZone, answeredAtMs } = view;
  const preview = sent?.preview ?? null;
  return page({
    status: sent?.status ?? 200,
    title: `Remember this yes: ${question}`,
    from: `${workflow.title} · ${workflow.team}`,
    mood: 'is-live',
    css: styleConsole,
    account: accountBar(place),
    main: html`<section class="ask"><h1><span class="kicker">Remember this yes</span>${foreign(question)}</h1><div class="why"><p>You said yes ${timeMarkup(answeredAtMs, { nowMs, timeZone })}. Choose which actions are like this one. You see what that lets go before anything is remembered.</p></div></section>
${changed(sent)}${problems(sent)}${preview !== null && previewSection(view, preview)}
<div class="columns"><div class="matter">${alikeSection(view, sent)}</div>${endSection(view, sent)}</div>`,
    foot: html`<p><a${attributes({ href: `${place.root}/inbox/${requestId}` })}>Back to the question</a>. What you agree to is bound to what this page shows${preview !== null && html`, <code>${preview.confirm.slice(0, 12)}</code>`}, and kept with your name and the time.</p>`,
  });
}

/** There is a yes, and it cannot be remembered. */
export function renderNotRememberedPage(
  { place, requestId, workflow }: Pick<RememberView, 'place' | 'requestId' | 'workflow'>,
  problem: string,
): Page {
  return page({
    status: 409,
    title: 'This yes cannot be remembered',
    from: `${workflow.title} · ${workflow.team}`,
    mood: 'is-live',
    account: accountBar(place),
    main: html`<section class="ask narrow"><h1>This yes cannot be remembered</h1><p class="held">${foreign(problem)}</p><p class="after"><a${attributes({ href: `${place.root}/inbox/${requestId}` })}>Back to the question</a></p></section>`,
  });
}

function changed(sent: RememberSent | null): Html | null {
  if (sent === null || !sent.isChanged) return null;
  return html`<section class="band warn" role="alert"><h2>Nothing is remembered yet: this is not what was shown before</h2><p>What you chose, or what became of the past, is another than the one that you agreed to. Read it as it is now.</p></section>`;
}

function problems(sent: RememberSent | null): Html | null {
  if (sent === null || sent.problems.length === 0) return null;
  return html`<div class="band bad" role="alert"><h2>Nothing is remembered yet</h2><ul>${sent.problems.map((problem) => html`<li>${foreign(problem)}</li>`)}</ul></div>`;
}

function previewSection(view: RememberView, { sentence, backTest, confirm }: RememberPreview): Html {
  return html`<section class="card answer agree" aria-labelledby="preview"><h2 id="preview">What would be remembered</h2><p>${foreign(sentence)}</p>
<h3 class="done-in">In the ${backTest.days} days before your yes</h3><p>${foreign(backTest.summary)}${backTest.stopped !== null && html` ${foreign(backTest.stopped)}`}</p>${rejected(view, backTest)}
<button type="submit" form="answer" disabled hidden></button><input type="hidden" form="answer" name="confirm" value="${confirm}"><div class="verbs"><div><button type="submit" form="answer" name="verb" value="remember" class="first" aria-describedby="agreed">Remember exactly this</button><p id="agreed">It holds at once. You, and everybody of the team, can take it back at any time.</p></div></div></section>`;
}

function rejected(
  { place, nowMs, timeZone }: RememberView,
  { changed: items }: RememberPreview['backTest'],
): Html | null {
  const all = items.filter(({ said }) => said?.verb === 'reject');
  if (all.length === 0) return null;
  const left = all.length - Math.min(all.length, MOST_REJECTED);
  return html`<p class="words">People rejected these, and they would have gone ahead:</p><ul class="because">${all.slice(0, MOST_REJECTED).map(({ caseId, atMs, said }) => html`<li><a${attributes({ href: `${place.root}/cases/${caseId}` })}>${caseId.slice(0, 8)}</a>, ${timeMarkup(atMs, { nowMs, timeZone })}: ${foreign(said?.by ?? 'nobody')}${(said?.reason ?? '') !== '' && html`, “${foreign(said?.reason ?? '')}”`}</li>`)}${left > 0 && html`<li>and ${left} more</li>`}</ul>`;
}

function alikeSection(view: RememberView, sent: RememberSent | null): Html {
  const { fields, ofAmount } = rememberFields(view);
  const amount = view.amount === null ? null : amountField(amountWords(view.amount), ofAmount.length > 0, sent);
  return html`<section class="card" aria-labelledby="alike"><h2 id="alike">Which actions are alike</h2><p class="note">An action that has other fields than this one is never alike.</p>${amount}${fields.map((field) => fieldChoice(view, field, sent))}</section>`;
}

function amountField(words: string, isExact: boolean, sent: RememberSent | null): Html {
  const upTo = line(sent, { name: 'amount-limit', label: 'At most this amount', mode: 'decimal' });
  return choice(sent, {
    ...{ name: 'amount', label: 'Amount', shown: html`${words}`, upTo },
    ways: [
      ['same', isExact ? 'Exactly this' : 'No more than this'],
      ['up-to', 'At most'],
    ],
  });
}

function fieldChoice(
  view: RememberView,
  { path, label, value, isNumber }: RememberField,
  sent: RememberSent | null,
): Html {
  return choice(sent, {
    ...{ name: alikeName(path), label, shown: shownValue(value, view, path) },
    ways: [['same', 'The same'], ...(isNumber ? [['up-to', 'At most'] as const] : []), ['any', 'Anything']],
    upTo: isNumber ? line(sent, { name: limitName(path), label: `${label}: at most`, mode: 'decimal' }) : null,
  });
}

function shownValue(value: Json, { labels }: RememberAsked, path: string): Html {
  return factValueMarkup(factValue(value, labels, path.split('.')));
}

type Choice = {
  readonly name: string;
  readonly label: string;
  readonly shown: Html;
  /** The first is chosen where nothing was. */
  readonly ways: readonly (readonly [value: string, words: string])[];
  readonly upTo: Html | null;
};

function choice(sent: RememberSent | null, { name, label, shown, ways, upTo }: Choice): Html {
  const given = sent?.submitted.get(name)?.[0] ?? '';
  const chosen = ways.some(([value]) => value === given) ? given : ways[0]?.[0];
  return html`<fieldset class="field"><legend>${foreign(label)}</legend><div class="hint">${shown}</div><div class="choices">${ways.map(([value, words]) => html`<label><input type="radio" form="answer" name="${name}" value="${value}"${attributes({ checked: value === chosen })}> ${words}</label>`)}</div>${upTo}${wrongWords(sent, label)}</fieldset>`;
}

function line(
  sent: RememberSent | null,
  { name, label, mode }: { readonly name: string; readonly label: string; readonly mode: string },
): Html {
  return html`<input type="text" form="answer" name="${name}" value="${sent?.submitted.get(name)?.[0] ?? ''}" dir="auto" autocomplete="off" aria-label="${label}"${attributes({ inputmode: mode, placeholder: 'at most', 'aria-invalid': isWrong(sent, name) })}>`;
}

/** A beginning that people change, and no more than a few weeks of it. */
const BEGIN = { days: '30', uses: '10' } as const;

function endSection({ place }: RememberView, sent: RememberSent | null): Html {
  const isShown = (sent?.preview ?? null) !== null;
  return html`<section class="card answer" id="answer-card" aria-labelledby="answer-title"><h2 id="answer-title">When it ends</h2>
<form method="post" id="answer" autocomplete="off" accept-charset="utf-8"><button type="submit" disabled hidden></button><input type="hidden" name="csrf" value="${place.formToken}">
${count(sent, { name: 'days', label: 'For how many days', hint: `Counted from your yes, ${MOST_DAYS} at most.` })}${count(sent, { name: 'uses', label: 'How often', hint: `${MOST_USES} times at most; whichever comes first.` })}
<p class="proof">It counts as your yes, ${foreign(place.signedInAs ?? '')}.</p>
<div class="verbs"><div><button type="submit" name="verb" value="show" class="${isShown ? 'edit' : 'first'}" aria-describedby="follows">${isShown ? 'Show it anew' : 'Show what it would let go'}</button><p id="follows">Nothing is remembered by this.</p></div></div></form></section>`;
}

function count(
  sent: RememberSent | null,
  { name, label, hint }: { readonly name: 'days' | 'uses'; readonly label: string; readonly hint: string },
): Html {
  const value = sent === null ? BEGIN[name] : (sent.submitted.get(name)?.[0] ?? '');
  return html`<div class="field"><label for="${name}">${label}</label><p class="hint" id="${`${name}-hint`}">${hint}</p><input type="text" inputmode="numeric" id="${name}" name="${name}" value="${value}" required aria-describedby="${`${name}-hint`}"${attributes({ 'aria-invalid': isWrong(sent, name) })}>${wrongWords(sent, label)}</div>`;
}

function isWrong(sent: RememberSent | null, name: string): string | null {
  return sent?.marked.includes(name) === true ? 'true' : null;
}

/** The sentence again, beside its control. */
function wrongWords(sent: RememberSent | null, label: string): Html | null {
  const problem = sent?.problems.find((one) => one.startsWith(`${label}: `));
  return problem === undefined ? null : html`<p class="wrong">${foreign(problem.slice(label.length + 2))}</p>`;
}
