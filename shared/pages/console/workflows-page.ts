import type { Phase } from '../../contracts/index.ts';
import { accountBar } from '../account-bar.ts';
import { foreign } from '../fact-list.ts';
import { usd } from '../figure-words.ts';
import { attributes, type Html, html } from '../html.ts';
import { type Page, page } from '../page-shell.ts';
import type { Place } from '../request-view.ts';
import { noTeam } from './no-team.ts';
import { styleConsole } from './style-console.ts';

/** How a workflow stands, at a glance. */
export type WorkflowCard = {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly team: string;
  readonly paused: boolean;
  /** Of each kind of case that has a phase of its own, and of all others. */
  readonly phases: readonly { readonly title: string; readonly phase: Phase }[];
  readonly latest: LatestFigures;
};

/** What became of the newest cases of a workflow. */
export type LatestFigures = {
  /** How many were looked at. */
  readonly cases: number;
  /** Of these: closed and nobody was asked; closed after somebody was; not closed. */
  readonly alone: number;
  readonly withPeople: number;
  readonly open: number;
  /** What their models cost. */
  readonly costUsd: number;
};

export function renderWorkflowsPage(workflows: readonly WorkflowCard[], place: Place): Page {
  return page({
    status: 200,
    title: 'Workflows',
    from: '',
    mood: 'is-live',
    css: styleConsole,
    account: accountBar(place),
    main: html`<div class="list"><section class="ask"><h1>Workflows</h1>${workflows.length === 0 && noTeam}</section>
<ol class="inbox">${workflows.map((one) => card(one, place))}</ol></div>`,
  });
}

function card(one: WorkflowCard, { root }: Place): Html {
  return html`<li class="card"><p class="kicker">${foreign(one.team)}${one.paused && html` · <strong class="broken">switched off</strong>`}</p>
<div class="head"><h2><a${attributes({ href: `${root}/workflows/${one.id}` })}>${foreign(one.title)}</a></h2></div>
<p class="by">${foreign(one.summary)}</p>
<p class="phases">${one.phases.map(({ title, phase }) => html`<span class="${`phase ${phase}`}">${phase}</span> ${foreign(title)}<br>`)}</p>
${latestBar(one.latest)}</li>`;
}

/** The newest cases as one bar and its words: done alone, after a person, still open. */
export function latestBar({ cases, alone, withPeople, open, costUsd }: LatestFigures): Html {
  if (cases === 0) return html`<p class="words">No case yet.</p>`;
  const width = (count: number): string => ((count / cases) * 100).toFixed(2);
  const parts = [
    { count: alone, name: 'bar-alone' },
    { count: withPeople, name: 'bar-people' },
    { count: open, name: 'bar-open' },
  ];
  const bars = parts.map(({ count, name }, n) => {
    const before = parts.slice(0, n).reduce((sum, part) => sum + part.count, 0);
    return html`<rect${attributes({ class: name, x: width(before), width: width(count) })} y="0" height="6"/>`;
  });
  const counted = cases === 1 ? 'The one case so far' : `Of the newest ${cases} cases`;
  return html`<svg class="mix" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">${bars}</svg><p class="words">${counted}: ${alone} without a person, ${withPeople} with one, ${open} not closed; models cost ${usd(costUsd)}.</p>`;
}
