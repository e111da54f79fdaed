import { deadlineWords } from './deadline-words.ts';
import type { ConfidenceView } from './decision-view.ts';
import { foreign } from './fact-list.ts';
import { gistMarkup } from './gist.ts';
import { attributes, type Html, html } from './html.ts';
import type { RequestView } from './request-view.ts';
import { timeMarkup } from './time-markup.ts';
import { distance } from './when.ts';

/** The question, why it is asked, and how long there is: what has to be understood in ten seconds. */
export function questionSection(view: RequestView): Html {
  const { headline: held, why } = deadlineWords(view);
  return html`<section class="ask" aria-labelledby="question">
${headline(view)}
${held !== '' && html`<p class="held">${held}</p>`}
${view.reasons.length > 0 && html`<div class="why"><h2 class="label" id="why">${why}</h2><ul aria-labelledby="why">${view.reasons.map((reason) => html`<li>${foreign(reason)}</li>`)}</ul></div>`}
</section>
${nothingBand(view)}
${problemBand(view)}`;
}

/** The question; one that executes nothing says so in the same headline. */
export function headline(view: RequestView): Html {
  return view.effect === 'nothing'
    ? html`<h1 id="question"><span class="kicker">${kicker(view)}</span> ${foreign(view.question)}</h1>`
    : html`<p class="kicker">${kicker(view)}</p><h1 id="question">${foreign(view.question)}</h1>`;
}

/** Deadline, confidence and what happens without an answer. */
export function strip(view: RequestView): Html {
  const confidence = view.decision?.confidence;
  const gist = view.kind === 'change-phase' ? null : gistMarkup(view.decision);
  const { label, otherwise, without, since } = deadlineWords(view);
  return html`<section class="${isLate(view) ? 'strip late' : 'strip'}" aria-label="At a glance">${timeLine(view)}<dl>
${gist && html`<div class="gist"><dt>${decidedLabel(view)}</dt><dd>${gist}</dd></div>`}<div><dt>${label}</dt><dd>${timeMarkup(view.deadlineMs, view)}<small>${distance(view.deadlineMs, view.nowMs)}, ${since} ${distance(view.openedAtMs, view.nowMs)}</small></dd></div>
${view.kind !== 'change-phase' && confidenceCell(confidence ?? null)}
<div class="full"><dt>${otherwise}</dt><dd>${foreign(without)}</dd></div>
</dl></section>`;
}

function confidenceCell(confidence: ConfidenceView | null): Html {
  return html`<div><dt>Agent’s confidence</dt><dd>${confidence ? html`${confidence.percent}, ${confidence.words}<small>${thresholdNote(confidence)}</small>` : html`none<small>there is no figure to show</small>`}</dd></div>`;
}

function decidedLabel({ team }: RequestView): string {
  return team === null ? 'The agent decided' : 'The agents decided';
}

/** What kind of question it is, in a word or two. */
export function kindWords(view: RequestView): string {
  const kinds = {
    'approve-action': 'Approval',
    'decide-case': 'Decision',
    'review-decision': 'Review',
    'spot-check': 'Spot-check',
    'second-review': 'Second review',
    'hold-action': view.state === 'open' ? 'Goes out soon' : 'Held, so that people can stop it',
    'undo-action': 'Done',
    'change-phase': 'Autonomy',
  } as const;
  return kinds[view.kind];
}

/** The subject stands here only where the question does not name it. */
function kicker(view: RequestView): string {
  if (view.effect === 'nothing') return `${view.isShadow ? 'Shadow' : 'Review only'}: nothing will be executed`;
  const { subject, question } = view;
  return subject === '' || question.includes(subject) ? kindWords(view) : `${kindWords(view)} · ${subject}`;
}

export function nothingBand(view: RequestView): Html | null {
  if (view.effect === 'carried-out') return null;
  return html`<section class="band shade" aria-label="Nothing is executed"><h2>${view.isShadow ? 'This is a rehearsal' : 'This looks back'}</h2><p>${view.state === 'open' ? 'Your answer is recorded and compared with the agent’s. Nothing is executed, whatever you press.' : 'What was answered is compared with the agent’s decision.'}</p></section>`;
}

function problemBand(view: RequestView): Html | null {
  if (view.cautions.length === 0) return null;
  return html`<section class="band warn" aria-label="Read with care"><h2>Read with care</h2><ul>${view.cautions.map((caution) => html`<li>${foreign(caution)}</li>`)}</ul></section>`;
}

function thresholdNote({ value, threshold }: ConfidenceView): string {
  if (threshold === null) return 'likely that you would agree';
  return value < threshold ? `too little: ${Math.round(threshold * 100)} % are needed` : 'likely that you would agree';
}

/** Time gone since the question was asked, and where the reminder stands. */
function timeLine(view: RequestView): Html {
  const gone = Math.round(share(view, view.nowMs) * 1000);
  const reminder = Math.round(share(view, view.remindAtMs) * 1000);
  return html`<svg viewBox="0 0 1000 5" preserveAspectRatio="none" role="img" aria-label="${`${Math.round(gone / 10)} % of the time is over`}"><rect class="line-back" width="1000" height="5"/><rect${attributes({ class: 'line-gone', width: gone })} height="5"/><rect${attributes({ class: 'line-mark', x: reminder - 2 })} width="4" height="5"/></svg>`;
}

function isLate(view: RequestView): boolean {
  return share(view, view.nowMs) > 0.75;
}

function share(view: RequestView, atMs: number): number {
  const whole = view.deadlineMs - view.openedAtMs;
  return whole > 0 ? Math.min(1, Math.max(0, (atMs - view.openedAtMs) / whole)) : 1;
}
