import type { Case } from '../../contracts/index.ts';
import { accountBar } from '../account-bar.ts';
import { percent } from '../confidence-words.ts';
import { foreign } from '../fact-list.ts';
import { attributes, type Html, html } from '../html.ts';
import { type Page, page } from '../page-shell.ts';
import type { Place } from '../request-view.ts';
import { timeMarkup } from '../time-markup.ts';
import { caseWords } from './case-words.ts';
import { noTeam } from './no-team.ts';
import { styleConsole } from './style-console.ts';

/** Cases of somebody's teams, newest first. */
export type CasesView = {
  readonly place: Place;
  readonly nowMs: number;
  readonly timeZone: string;
  /** Those that the person may read. */
  readonly workflows: readonly { readonly id: string; readonly title: string }[];
  /** Empty for all. */
  readonly chosen: { readonly workflow: string; readonly state: string };
  readonly cases: readonly ListedCase[];
  /** Where older ones begin; null at the end, and where all workflows are listed together. */
  readonly next: string | null;
};

export type ListedCase = {
  readonly case: Case;
  /** A few words that tell it from another; empty where there are none. */
  readonly subject: string;
  readonly workflow: string;
};

const STATES = { '': 'any state', waiting: 'waiting for a person', open: 'being worked on', closed: 'closed' } as const;

export function renderCasesPage(view: CasesView): Page {
  const { place, cases, chosen } = view;
  return page({
    status: 200,
    title: 'Cases',
    from: '',
    mood: 'is-live',
    css: styleConsole,
    account: accountBar(place),
    main: html`<div class="list"><section class="ask"><h1>Cases</h1>${view.workflows.length === 0 && noTeam}</section>
${filter(view)}
${cases.length === 0 ? html`<p class="note after">There is none${chosen.workflow === '' && chosen.state === '' ? ' yet' : ' like that'}.</p>` : html`<ol class="rows card">${cases.map((one) => row(one, view))}</ol>`}
${olderNote(view)}</div>`,
  });
}

function filter({ place, workflows, chosen }: CasesView): Html {
  const option = (value: string, words: string, current: string): Html =>
    html`<option${attributes({ value, selected: value === current })}>${words}</option>`;
  return html`<form method="get" class="filter"${attributes({ action: `${place.root}/cases` })}><label>Workflow <select name="workflow">${option('', 'all', chosen.workflow)}${workflows.map(({ id, title }) => option(id, title, chosen.workflow))}</select></label><label>State <select name="state">${Object.entries(STATES).map(([value, words]) => option(value, words, chosen.state))}</select></label><button type="submit">Show</button></form>`;
}

function row({ case: one, subject, workflow }: ListedCase, { place, nowMs, timeZone }: CasesView): Html {
  const { tone, word } = caseWords(one);
  const isShadow = one.phase === 'shadow';
  return html`<li><h2><a${attributes({ href: `${place.root}/cases/${one.id}` })}>${subject === '' ? `Case ${one.id.slice(0, 8)}` : foreign(subject)}</a></h2><p class="${`stand ${tone}`}">${word}</p>
<p class="words">${workflow} · ${timeMarkup(one.openedAtMs, { nowMs, timeZone })}${one.confidence !== null && one.decision !== null && ` · ${percent(one.confidence)} sure`}${isShadow && ' · shadow'}</p></li>`;
}

function olderNote({ place, chosen, next, cases }: CasesView): Html | null {
  if (next !== null) {
    const query = new URLSearchParams({ ...chosen, after: next });
    return html`<p class="after"><a${attributes({ href: `${place.root}/cases?${query}`, rel: 'next' })}>Older cases</a></p>`;
  }
  const isCutOff = chosen.workflow === '' && cases.length >= MOST_LISTED;
  return isCutOff
    ? html`<p class="note after">The newest ${MOST_LISTED} of all. Choose a workflow to go further back.</p>`
    : null;
}

/** Cases on a page. */
export const MOST_LISTED = 50;
