import { type Html, html } from '../../shared/pages/html.ts';
import { type GateResult, inPercent, inSeconds } from '../gates.ts';
import { intervalBar } from './plots.ts';
import type { Report } from './report.ts';
import { momentWords, moneyWords, plainShare, shareWords, tied, timeWords } from './words.ts';

/** Passes or not, and why: the one thing that a reader came for. */
export function verdictSection({ about, passes, gates }: Report): Html {
  const missed = gates.filter((gate) => !gate.passes);
  return html`<p class="kicker"><b>${about.title}</b><span>${about.examples} labelled cases</span><span>${about.tiers.join(' → ')}</span><span>${momentWords(about.startedAtMs)}</span></p>
<section class="${passes ? 'verdict is-yes' : 'verdict is-no'}"><p class="said">${passes ? 'Passes' : 'Does not pass'}</p>
<h1>${headline(missed, passes)}</h1>
<p>${tied(subline(missed, gates.length, about.notRun.length))}</p></section>`;
}

function headline(missed: readonly GateResult[], passes: boolean): string {
  if (passes) return 'Good enough to act by itself.';
  return missed.length === 0 ? 'Not all cases were run.' : 'Not ready to act by itself.';
}

function subline(missed: readonly GateResult[], gates: number, notRun: number): string {
  const left =
    notRun === 0
      ? ''
      : ` It stopped when the money was spent, with ${notRun === 1 ? '1 case' : `${notRun} cases`} left.`;
  if (missed.length === 0) return `All ${gates} gates are passed. A person still gives the phase.${left}`;
  return `${missed.length} of ${gates} gates are missed: ${missed.map(oneReason).join('; ')}.${left}`;
}

/** A gate in half a line: what is surely there, and what is wanted. */
function oneReason({ title, share, valueMs, wanted, reads }: GateResult): string {
  const lower = title.charAt(0).toLowerCase() + title.slice(1);
  if (share === null) return `${lower} (${inSeconds(valueMs ?? 0)}, wanted ${inSeconds(wanted)})`;
  const seen = reads === 'lower end' ? `surely ${inPercent(share.lower)}` : plainShare(share);
  return `${lower} (${seen}, wanted ${inPercent(wanted)})`;
}

/** Gate by gate: what was measured on its scale, and what is wanted. */
export function gateSection({ gates }: Report): Html {
  return html`<div class="card gates">${gates.map(gateRow)}</div>`;
}

function gateRow(gate: GateResult): Html {
  const { passes, title, share, valueMs, because } = gate;
  return html`<div class="${passes ? 'gate yes' : 'gate no'}"><span class="mark" aria-hidden="true">${passes ? '✓' : '✕'}</span><h3>${title}</h3><span class="value">${share === null ? inSeconds(valueMs ?? 0) : plainShare(share)}</span><div class="bar">${barOf(gate)}</div><p class="because">${passes ? 'Passes.' : 'Missed.'} ${tied(because)}</p></div>`;
}

function barOf({ id, share, valueMs, wanted }: GateResult): Html {
  if (share === null) {
    const value = Math.min(1, (valueMs ?? 0) / (2 * wanted));
    return withEnds(
      intervalBar({ value, lower: 0, upper: value, goal: 0.5, from: 0, to: 1 }),
      '0 s',
      inSeconds(2 * wanted),
    );
  }
  const value = share.of === 0 ? 0 : share.agreed / share.of;
  const to = id === 'errors' ? Math.max(0.1, Math.ceil(share.upper * 10) / 10) : 1;
  const from = id.endsWith('accuracy') ? Math.min(0.5, Math.floor(share.lower * 10) / 10) : 0;
  const bar = intervalBar({ value, lower: share.lower, upper: share.upper, goal: wanted, from, to });
  return withEnds(bar, `${Math.round(from * 100)} %`, `${Math.round(to * 100)} %`);
}

function withEnds(bar: Html, from: string, to: string): Html {
  return html`${bar}<div class="scale"><span>${from}</span><span>${to}</span></div>`;
}

/** The other figures that matter, each with what it is of. */
export function tileSection({ figures, cost, calibration }: Report): Html {
  const { p50, p95, p99 } = figures.latency;
  const isPaid = cost.interval !== null && cost.interval.upper > 0;
  const spread =
    !isPaid || cost.interval === null
      ? ''
      : `, 95 %: ${moneyWords(cost.interval.lower)} to ${moneyWords(cost.interval.upper)}`;
  const tiles: readonly (readonly [string, string, string])[] = [
    ['Right, all answers', plainShare(figures.right), shareWords(figures.right)],
    ['Right, decided without a person', plainShare(figures.rightAlone), shareWords(figures.rightAlone)],
    [
      'Same actions as the right decision',
      plainShare(figures.sameActions),
      `${shareWords(figures.sameActions)}, decided without a person`,
    ],
    ['Right, though a person was asked', plainShare(figures.rightAsked), shareWords(figures.rightAsked)],
    ['Models, per decision', moneyWords(cost.perDecisionUsd), `of ${figures.cases}${spread}`],
    ['Models, per month', moneyWords(cost.perMonthUsd), `at ${cost.volume} decisions; AWS apart`],
    [
      'Time to the decision',
      timeWords(p50),
      `half of the cases; p95 ${timeWords(p95)}, p99 ${timeWords(p99)}; sources are replayed`,
    ],
    [
      'Confidence is off by',
      `${(calibration.error * 100).toFixed(1)} points`,
      `on average over ${calibration.answers} answers (ECE, 10 bins)`,
    ],
  ];
  return html`<dl class="tiles">${tiles.map(([name, value, of]) => html`<div class="card tile"><dt>${name}</dt><dd>${tied(value)}<small>${tied(of)}</small></dd></div>`)}</dl>`;
}
