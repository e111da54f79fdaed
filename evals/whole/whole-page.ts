import { type Html, html } from '../../shared/pages/html.ts';
import { reportPage } from '../report/page-shell.ts';
import { momentWords, moneyWords, tied } from '../report/words.ts';
import { PLAYED, wholeLines, wrongWords } from './whole-lines.ts';
import type { WholeReport } from './whole-report.ts';

/** The report of whole requests as one file that loads nothing and runs nothing. */
export function wholePage(report: WholeReport): string {
  const { about, passes, isPlayed, because, figures } = report;
  const headline = passes ? 'Good enough to act by itself.' : 'Not shown to be good enough.';
  const main = html`<p class="kicker"><b>${about.title}, whole requests</b><span>${figures.right.of} labelled requests</span><span>${about.tiers.join(' → ')}</span>${isPlayed && html`<span>${PLAYED}</span>`}<span>${momentWords(about.startedAtMs)}</span></p>
<section class="${passes ? 'verdict is-yes' : 'verdict is-no'}"><p class="said">${passes ? 'Passes' : 'Does not pass'}</p><h1>${headline}</h1><p>${because}</p></section>
${isPlayed && playedSection()}
<dl class="tiles">${wholeLines(report).map(({ name, value, of }) => html`<div class="card tile"><dt>${name}</dt><dd>${tied(value)}<small>${tied(of)}${isPlayed && html` · ${PLAYED}`}</small></dd></div>`)}</dl>
${requestSection(report)}
${methodSection(report)}`;
  return reportPage(`${about.title}, whole: ${passes ? 'passes' : 'does not pass'}`, main);
}

function playedSection(): Html {
  return html`<div class="card"><p class="note"><b>No model planned, searched or wrote here.</b> Planner, researcher and drafter followed a fixed course, the same for every request. The figures show what search, assessor, the check of citations and the bounds make of whole requests, and nothing of what a model would do. Claims, cost and whether a person is asked are left out: a course quotes what it read, costs nothing and never decides alone, so these would be no figures.</p></div>`;
}

function requestSection({ cases, isPlayed }: WholeReport): Html {
  return html`<h2>Request by request</h2><div class="card"><table class="records"><thead><tr><th></th><th>Request</th><th>Reported</th><th>Right would be</th><th class="n">Turns</th>${!isPlayed && html`<th class="n">Cost</th>`}</tr></thead><tbody>${cases.map(
    (one) =>
      html`<tr><td><b class="${one.isRight ? 'gain' : 'wrong'}">${one.isRight ? 'right' : wrongWords(one)}</b>${isPlayed && html`<br><span class="quiet">${PLAYED}</span>`}</td><td>${one.text}<br><span class="quiet">${one.note}</span></td><td data-name="Reported">${(one.proposed ?? ['no report']).join(', ') || 'nobody'}</td><td data-name="Right would be">${one.fitting.length === 0 ? 'nobody' : `${one.wanted} of ${one.fitting.join(', ')}`}</td><td class="n" data-name="Turns">${one.turns}</td>${!isPlayed && html`<td class="n" data-name="Cost">${moneyWords(one.costUsd)}</td>`}</tr>`,
  )}</tbody></table></div>`;
}

function methodSection({ about, cases, isPlayed }: WholeReport): Html {
  const rows: readonly (readonly [string, string])[] = [
    [
      'Requests',
      `${cases.length} of ${about.set} (digest ${about.setDigest}); companies, web, register and CRM are made up`,
    ],
    [
      'Labels',
      'Of each request all companies of that world that fit, by the hand that wrote the world; no company of it is among the training examples.',
    ],
    ['Who answered', [...new Set(cases.flatMap(({ models }) => models))].join(', ')],
    ['Who planned and wrote', isPlayed ? 'Nobody: a fixed course was followed.' : 'The models that are named.'],
    [
      'What ran',
      'The operations of the platform, in phase full; sources are replayed, actions are planned and never performed.',
    ],
    ['Not run', about.notRun.length === 0 ? 'none' : `${about.notRun.length}, because the money was spent`],
    ['Version of the workflow', about.version],
  ];
  return html`<h2>How it was measured</h2><div class="card"><table class="method"><tbody>${rows.map(([name, said]) => html`<tr><th>${name}</th><td>${said}</td></tr>`)}</tbody></table></div><p class="foot">Figures hold for requests like these in a world like this one, Node ${about.node}.</p>`;
}
