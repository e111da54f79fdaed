import { factList, factValueMarkup, foreign } from './fact-list.ts';
import { attributes, type Html, html } from './html.ts';
import type { DisputeView, SaidView, TeamView } from './team-view.ts';

/** Who said what, and first of all where they disagree. Nothing where one agent works alone. */
export function teamSection(team: TeamView | null): Html | null {
  if (team === null) return null;
  return html`<section class="card" aria-labelledby="team"><header><h2 id="team">Who said what</h2><p>${team.said.length} agents worked on this. Their reasons are their own words.</p></header>
${team.disputes.length > 0 && disputes(team.disputes)}
${team.said.map((one) => said(one, team.said.length <= MOST_OPEN))}</section>`;
}

/** What more than so many say is looked up one by one: together it is longer than anybody reads. */
const MOST_OPEN = 4;

function disputes(all: readonly DisputeView[]): Html {
  return html`<h3>Where they disagree</h3><dl class="facts">${all.map(({ label, sides }) => html`<div><dt>${foreign(label)}</dt><dd><ul class="items">${sides.map(({ who, value }) => html`<li>${foreign(who)}: ${factValueMarkup(value)}</li>`)}</ul></dd></div>`)}</dl>`;
}

function said({ who, how, did, confidence, facts, because }: SaidView, isOpen: boolean): Html {
  const sure = confidence === null ? null : html`, ${confidence.percent}, ${confidence.words}`;
  return html`<details class="source"${attributes({ open: isOpen })}><summary><h3>${foreign(who)}</h3><span class="state">by ${how}${sure}</span></summary>
${did !== '' && html`<p class="note">${foreign(who)} ${foreign(did)}</p>`}
${facts.length > 0 && factList(facts)}
${because.length > 0 && html`<ul class="because">${because.map((reason) => html`<li>${foreign(reason)}</li>`)}</ul>`}</details>`;
}
