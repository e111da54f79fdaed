import { accountBar } from './account-bar.ts';
import { changesBetween, changeTable } from './changes.ts';
import { decisionSection } from './decision-section.ts';
import { evidenceSection } from './evidence-section.ts';
import { foreign } from './fact-list.ts';
import { attributes, type Html, html } from './html.ts';
import { outcomeWords } from './outcome.ts';
import { type Page, page } from './page-shell.ts';
import { proposalSection } from './proposal-section.ts';
import { headline, nothingBand } from './question-section.ts';
import { footOf, inputSection } from './request-page.ts';
import type { RequestView } from './request-view.ts';
import { standingSection } from './standing-section.ts';
import { distance, fullMoment, isoMoment } from './when.ts';

/** The page once a request is answered, expired or withdrawn: who decided what and when, what happens now, no button. */
export function renderSettledPage(view: RequestView, status = view.state === 'expired' ? 410 : 200): Page {
  const outcome = outcomeWords(view);
  return page({
    status,
    title: `${outcome.word}: ${view.question}`,
    from: `${view.workflow.title} · ${view.workflow.team}`,
    mood: view.effect === 'nothing' ? 'is-nothing' : 'is-live',
    account: accountBar(view.answering.place),
    main: html`<section class="ask" aria-labelledby="question"><p class="${`stamp ${outcome.tone}`}">${sign(outcome.tone)}${outcome.word}</p>
${headline(view)}</section>
${nothingBand(view)}
${standingSection({ ...view, barred: null, onBehalfOf: null, excluded: [] })}
<section class="strip" aria-label="What happened"><dl>${whoRow(view)}<div class="full"><dt>What happens now</dt><dd>${foreign(outcome.now)}</dd></div>${overturnRow(view)}</dl></section>
${goOn(view)}
<div class="columns"><div class="matter">${rememberSection(view)}${reason(view)}${edits(view)}${proposalSection({ ...view, proposal: view.edited ?? view.proposal }, undefined, noteOf(view))}${inputSection(view)}${decisionSection(view.decision)}${evidenceSection(view)}</div></div>`,
    foot: footOf(view),
  });
}

/** 410: the time to answer is over, whether or not the case has noticed it yet. */
export function renderExpiredPage(view: RequestView): Page {
  return renderSettledPage({ ...view, state: 'expired', answer: null });
}

/** Whoever answers one after the other goes on from here. */
function goOn({ answering: { place } }: RequestView): Html | null {
  if (place.signedInAs === null) return null;
  return html`<p class="after"><a${attributes({ href: `${place.root}/inbox` })}>To what else waits for you</a></p>`;
}

function whoRow(view: RequestView): Html {
  const { answer } = view;
  if (answer === null) {
    return html`<div><dt>Answered by</dt><dd>nobody</dd></div><div><dt>Time to answer ended</dt><dd><time datetime="${isoMoment(view.deadlineMs)}">${fullMoment(view.deadlineMs, view.timeZone)}</time></dd></div>`;
  }
  const proof = {
    'mail-code': 'with the code from the mail',
    'sign-in': 'signed in',
    'fresh-sign-in': 'freshly signed in',
  } as const;
  return html`<div><dt>Answered by</dt><dd>${foreign(answer.by)}<small>${answer.onBehalfOf !== null && html`for ${foreign(answer.onBehalfOf)}, `}${proof[answer.proof]}</small></dd></div><div><dt>When</dt><dd><time datetime="${isoMoment(answer.atMs)}">${fullMoment(answer.atMs, view.timeZone)}</time><small>${distance(answer.atMs, view.nowMs)}</small></dd></div>`;
}

/** What is remembered is chosen, shown and agreed to on a page of its own, by whoever is signed in. */
function rememberSection({ mayRemember, requestId, person, answering: { place } }: RequestView): Html | null {
  const { signedInAs, root } = place;
  if (!mayRemember || (signedInAs !== null && signedInAs.toLowerCase() !== person.toLowerCase())) return null;
  return html`<section class="card" aria-labelledby="remember"><h2 id="remember">Remember this yes</h2><p class="note">Actions like this one can go ahead without asking you: for which fields, up to which amount, how often and for how long. You first see what that would let go.</p><p class="after"><a${attributes({ href: `${root}/remember/${requestId}` })}>Choose what is remembered</a>${signedInAs === null && ', signed in'}</p></section>`;
}

/** What was done alone stays done when somebody finds it wrong afterwards; taking it back is a decision of its own. */
function overturnRow({ kind, answer, caseId, answering: { place } }: RequestView): Html | null {
  if (kind !== 'spot-check' || answer === null || answer.verb === 'approve') return null;
  return html`<div class="full"><dt>Overturn it?</dt><dd>What was done because of this decision stays done until somebody of the team overturns it.<small><a${attributes({ href: `${place.root}/cases/${caseId}/overturn` })}>See what was done, and overturn it</a>, signed in.</small></dd></div>`;
}

function reason({ answer }: RequestView): Html | null {
  if (answer === null || answer.reason === '') return null;
  return html`<section class="card" aria-labelledby="reason"><h2 id="reason">Reason given</h2><p class="long" dir="auto">${answer.reason}</p></section>`;
}

function edits(view: RequestView): Html | null {
  const after = view.answer?.edits ?? null;
  if (after === null) return null;
  const changes = changesBetween(view.draft, after, view.fields);
  return html`<section class="card" aria-labelledby="edits"><h2 id="edits">What was changed</h2>${changeTable(changes, 'Drafted', 'Approved')}</section>`;
}

function noteOf({ edited, answer }: RequestView): string {
  if (edited !== null) return 'As it was approved, with the changes.';
  return answer?.verb === 'approve' ? 'As it was approved.' : 'What the question was about.';
}

function sign(tone: 'yes' | 'no' | 'none'): Html {
  const paths = { yes: 'M6 11.500l3.500 3.500L16.500 7.500', no: 'M7 7l8 8M15 7l-8 8', none: 'M6.500 11h9' } as const;
  return html`<svg width="22" height="22" viewBox="0 0 22 22" fill="none" stroke="currentColor" stroke-width="2.200" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="11" cy="11" r="9.500" stroke-width="1.600"/><path d="${paths[tone]}"/></svg>`;
}
