import type { Action, Case, LedgerEntry, PersonRequest, TurnResult } from '../../contracts/index.ts';
import { accountBar } from '../account-bar.ts';
import { isScripted, SCRIPTED_WORDS } from '../agent-words.ts';
import { percent } from '../confidence-words.ts';
import { decisionSection } from '../decision-section.ts';
import { decisionView } from '../decision-view.ts';
import { evidenceSection } from '../evidence-section.ts';
import { evidenceView } from '../evidence-view.ts';
import { factList, foreign } from '../fact-list.ts';
import { factsOf } from '../facts.ts';
import { duration, usd } from '../figure-words.ts';
import { attributes, type Html, html } from '../html.ts';
import { type Page, page } from '../page-shell.ts';
import type { Place, WorkflowWords } from '../request-view.ts';
import { timeMarkup } from '../time-markup.ts';
import { actionWords, caseWords } from './case-words.ts';
import { recordSection } from './record-section.ts';
import { styleConsole } from './style-console.ts';

/** All that is known of one case. */
export type CaseView = {
  readonly place: Place;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly workflow: WorkflowWords & { readonly id: string };
  /** Titles of sources by id. */
  readonly sourceTitles: Readonly<Record<string, string>>;
  readonly case: Case;
  readonly actions: readonly Action[];
  readonly requests: readonly PersonRequest[];
  readonly ledger: readonly LedgerEntry[];
  /** Of the chain of the ledger; null for none. */
  readonly chainProblem: string | null;
  /** Somebody still has to review it on their own, so what was decided is not shown. */
  readonly isWithheld: boolean;
  /** Whoever looks may say that it was wrong. */
  readonly mayOverturn: boolean;
};

export function renderCasePage(view: CaseView): Page {
  const { workflow, place, case: one } = view;
  const { tone, word } = caseWords(one);
  const title = titleOf(view);
  const turns = turnsOf(view.ledger);
  const evidence = evidenceView(one.readings, view.sourceTitles, workflow.labels, null);
  return page({
    status: 200,
    title,
    from: `${workflow.title} · ${workflow.team}`,
    mood: one.phase === 'shadow' ? 'is-nothing' : 'is-live',
    css: styleConsole,
    account: accountBar(place),
    main: html`<section class="ask"><p class="${`stand ${tone}`}">${word}${one.phase === 'shadow' && ' · shadow: nothing is executed'}</p><h1>${foreign(title)}</h1>
${one.verdict !== null && one.verdict.reasons.length > 0 && html`<ul class="why">${one.verdict.reasons.map(({ text }) => html`<li>${foreign(text)}</li>`)}</ul>`}</section>
${cautions(view)}
${strip(view)}
<div class="columns"><div class="matter">${view.isWithheld ? withheld() : html`${requestsSection(view)}${actionsSection(view)}${decisionSection(decisionView(one, turns, workflow))}${wasWrong(view)}`}${evidenceSection({ evidence, nowMs: view.nowMs, timeZone: view.timeZone })}</div><div class="matter">${inputSection(view)}${view.isWithheld ? null : recordOf(view)}</div></div>`,
    foot: html`<p>Case <code>${one.id}</code>, event ${foreign(one.eventId)} · workflow <code>${one.versions.workflow.slice(0, 12)}</code>, code <code>${one.versions.code.slice(0, 12)}</code>, settings revision ${one.settings.revision}</p>`,
  });
}

function titleOf({ workflow, case: one }: CaseView): string {
  return workflow.subject === undefined || workflow.subject === '' ? `Case ${one.id.slice(0, 8)}` : workflow.subject;
}

function turnsOf(ledger: readonly LedgerEntry[]): TurnResult[] {
  return ledger.flatMap(({ event }) => (event.type === 'turn-finished' ? [event.turn] : []));
}

function recordOf({ ledger: entries, chainProblem: problem, case: { openedAtMs }, timeZone, actions }: CaseView): Html {
  const titles = Object.fromEntries(actions.map(({ id, title }) => [id, title]));
  return recordSection({ entries, problem, openedAtMs, timeZone, actions: titles });
}

function withheld(): Html {
  return html`<section class="card" aria-labelledby="withheld"><h2 id="withheld">What was decided</h2><p class="note">Somebody still reviews this case on their own. It is shown once they have answered, so that nobody is led by it.</p></section>`;
}

function wasWrong({ mayOverturn, place, case: { id } }: CaseView): Html | null {
  if (!mayOverturn) return null;
  return html`<p class="was-wrong"><a${attributes({ href: `${place.root}/cases/${id}/overturn` })}>This was wrong</a></p>`;
}

function cautions({ case: one }: CaseView): Html | null {
  const all = [
    ...(isScripted(one) ? [SCRIPTED_WORDS] : []),
    ...one.problems.map((problem) => `The trigger does not fit: ${problem}`),
    ...(one.erasedAtMs === undefined ? [] : ['What was personal has been taken out of it.']),
  ];
  if (all.length === 0) return null;
  return html`<section class="band warn"><h2>Read with care</h2><ul>${all.map((caution) => html`<li>${foreign(caution)}</li>`)}</ul></section>`;
}

function strip({ case: one, nowMs, timeZone }: CaseView): Html {
  const { openedAtMs, closedAtMs, confidence, usage } = one;
  const took = closedAtMs === null ? `${duration(nowMs - openedAtMs)} so far` : duration(closedAtMs - openedAtMs);
  return html`<section class="strip" aria-label="In figures"><dl><div><dt>Opened</dt><dd>${timeMarkup(openedAtMs, { nowMs, timeZone })}<small>by ${foreign(one.trigger)}</small></dd></div><div><dt>Took</dt><dd>${took}</dd></div><div class="full"><dt>Decided</dt><dd>${confidence === null || one.decision === null ? 'nothing yet' : `${percent(confidence)} sure`}<small>${one.decidedBy !== null && html`by ${foreign(one.decidedBy)}, `}models cost ${usd(usage.costUsd)}</small></dd></div></dl></section>`;
}

function actionsSection(view: CaseView): Html {
  const { actions } = view;
  return html`<section class="card" aria-labelledby="actions"><h2 id="actions">What follows from it</h2>${
    actions.length === 0
      ? html`<p class="note">No action.</p>`
      : html`<ol class="acts">${actions.map((action) => act(action, view))}</ol>`
  }</section>`;
}

function act(action: Action, { workflow }: CaseView): Html {
  const { tone, word } = actionWords(action);
  const facts = factsOf(action.arguments, workflow.labels);
  return html`<li><div class="head"><h3>${foreign(action.title)}</h3><p class="${`stand ${tone}`}">${word}</p></div>${action.reasons.length > 0 && html`<ul class="because">${action.reasons.map((reason) => html`<li>${foreign(reason)}</li>`)}</ul>`}${facts.length > 0 && html`<details class="more"><summary>All of it</summary>${factList(facts)}${action.result !== null && html`<p class="words">What came back:</p>${factList(factsOf(action.result, workflow.labels))}`}</details>`}</li>`;
}

function requestsSection(view: CaseView): Html | null {
  const { requests } = view;
  if (requests.length === 0) return null;
  return html`<section class="card" aria-labelledby="asked"><h2 id="asked">Who was asked</h2><ol class="acts">${requests.map((request) => question(request, view))}</ol></section>`;
}

const PAST = {
  approve: 'approved',
  edit: 'changed and approved',
  reject: 'said no',
  respond: 'answered',
  'take-over': 'took it over',
} as const;

function question(request: PersonRequest, { place, nowMs, timeZone }: CaseView): Html {
  const { answer, state, people, deadlineMs } = request;
  const at = (atMs: number): Html => timeMarkup(atMs, { nowMs, timeZone });
  const asked = html`<h3>${state === 'open' ? html`<a${attributes({ href: `${place.root}/inbox/${request.id}` })}>${foreign(request.question)}</a>` : foreign(request.question)}</h3>`;
  if (answer !== null) {
    return html`<li>${asked}<p>${foreign(answer.by)}${answer.onBehalfOf !== null && html` for ${foreign(answer.onBehalfOf)}`} ${PAST[answer.verb]}, ${at(answer.atMs)}</p>${answer.reason !== '' && html`<p class="words">“${foreign(answer.reason)}”</p>`}</li>`;
  }
  if (state === 'open')
    return html`<li>${asked}<p class="words">Waits for ${foreign(people.join(', '))} until ${at(deadlineMs)}</p></li>`;
  return html`<li>${asked}<p class="words">${state === 'expired' ? 'Nobody answered in time' : 'Withdrawn'}; ${foreign(people.join(', '))} had been asked</p></li>`;
}

function inputSection({ case: one, workflow }: CaseView): Html {
  const facts = factsOf(one.input, workflow.labels);
  return html`<section class="card" aria-labelledby="input"><h2 id="input">What came in</h2>${facts.length === 0 ? html`<p class="note">Nothing.</p>` : factList(facts)}${one.notes.length > 0 && html`<ul class="because">${one.notes.map(({ by, text }) => html`<li>${foreign(by)} told the agents: ${foreign(text)}</li>`)}</ul>`}</section>`;
}
