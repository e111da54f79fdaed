import type { Share } from '../../shared/domain/agreement.ts';
import { type Html, html } from '../../shared/pages/html.ts';
import { inPercent } from '../gates.ts';
import type { Slice } from '../score/slices.ts';
import type { Confusion } from '../statistics/confusion.ts';
import { curvePlot, intervalBar, reliabilityPlot } from './plots.ts';
import type { Report } from './report.ts';
import { plainShare, shareWords, tied } from './words.ts';

/** How far it can be trusted alone, and whether its confidence means what it says. */
export function plotSection({ curve, figures, calibration }: Report): Html {
  const { alone, rightAlone } = figures;
  const now = {
    coverage: alone.agreed / Math.max(1, alone.of),
    accuracy: rightAlone.agreed / Math.max(1, rightAlone.of),
  };
  return html`<h2>How sure, how right</h2>
<p class="lead">Decided alone from the surest case down. The band is where the true share lies with 95 % certainty.</p>
<div class="pair"><figure class="card plot"><h3>Accuracy by coverage</h3>${curvePlot({ ...curve, now })}<figcaption class="note">${thresholdWords(curve)}</figcaption></figure>
<figure class="card plot"><h3>Is the confidence true?</h3>${reliabilityPlot(calibration.bins)}<figcaption class="note">On the dashed line, of the answers with ${tied('80 % confidence 80 %')} are right. Grey: how many answers there are. Average distance ${(calibration.error * 100).toFixed(1)} points, n = ${calibration.answers}.</figcaption></figure></div>
${calibration.parts.length > 0 && fieldCurves(calibration.parts)}`;
}

/** The same for each field by itself: a sure field may hide an unsure one. */
function fieldCurves(parts: Report['calibration']['parts']): Html {
  const errors = parts.map(({ error }) => error * 100);
  const spread = `off by ${Math.min(...errors).toFixed(1)} to ${Math.max(...errors).toFixed(1)} points on average`;
  return html`<div class="card worst"><details><summary><h3>Is it true field by field?</h3><span class="said">${spread}</span></summary><div class="pair">${parts.map(
    ({ tier, field, bins, error, answers }) =>
      html`<figure class="plot"><h3>${field}, by ${tier}</h3>${reliabilityPlot(bins)}<figcaption class="note">Average distance ${(error * 100).toFixed(1)} points, n = ${answers}.</figcaption></figure>`,
  )}</div></details></div>`;
}

function thresholdWords({ target, threshold }: Report['curve']): string {
  const wanted = `${inPercent(target)} at the lower end of the interval (dashed)`;
  if (threshold === null) return `No confidence can be named from which ${wanted} is shown with these cases.`;
  return `From a confidence of ${inPercent(threshold.confidence)} on, ${wanted} is shown: ${inPercent(threshold.coverage)} of the cases, ${shareWords(threshold.right)}, before any rule asks a person (upright line).`;
}

/** Segment by segment, and by kinds of cases: where it is weak. */
export function partsSection({ segments, kinds, fields, figures }: Report): Html {
  const own = segments.length > 1 || segments.some(({ id }) => id !== 'all');
  return html`<h2>Where it is strong and weak</h2>
<p class="lead">Each with its n and its 95 % interval; red where the whole interval lies below that of all cases. Of many parts some look weak by chance.</p>
<div class="stack">
${
  own &&
  html`<div class="card"><h3>Segments</h3>${shareTable(
    segments.map(({ title, figures: part, gates }) => ({
      title: `${title} (${gates.every(({ passes }) => passes) ? 'passes its gates' : 'misses gates'})`,
      share: part.rightAlone,
      alone: part.alone,
    })),
    figures.rightAlone,
  )}</div>`
}
<div class="card"><h3>Field by field, all answers</h3>${shareTable(
    fields.map(({ field, ...share }) => ({ title: field, share, alone: null })),
    null,
  )}</div>
<div class="card worst">${kinds.map(
    ({ by, slices }) =>
      html`<details><summary><h3>${by}</h3><span class="said">${spreadWords(slices)}</span></summary>${shareTable(
        slices.map(({ title, figures: part }) => ({ title, share: part.right, alone: part.alone })),
        figures.right,
      )}</details>`,
  )}</div>
</div>`;
}

function spreadWords(slices: readonly Slice[]): string {
  const sorted = slices.toSorted((a, b) => rate(a.figures.right) - rate(b.figures.right));
  const [worst, best] = [sorted[0], sorted.at(-1)];
  if (worst === undefined || best === undefined) return '';
  return `right in ${plainShare(worst.figures.right)} (${worst.title}) to ${plainShare(best.figures.right)} (${best.title})`;
}

function rate({ agreed, of }: Share): number {
  return of === 0 ? 0 : agreed / of;
}

interface ShareRow {
  readonly title: string;
  readonly share: Share;
  readonly alone: Share | null;
}

function shareTable(rows: readonly ShareRow[], all: Share | null): Html {
  const from = Math.min(0.5, ...rows.map(({ share }) => Math.floor(share.lower * 10) / 10));
  const isLow = ({ upper, of }: Share): boolean => all !== null && of > 0 && upper < all.lower;
  const withAlone = rows.some(({ alone }) => alone !== null);
  return html`<table class="${withAlone ? 'shares with-alone' : 'shares'}"><thead><tr><th></th><th>right (${Math.round(from * 100)} to 100 %)</th><th class="n">share</th><th class="n">n</th>${withAlone && html`<th class="n">alone</th>`}</tr></thead><tbody>${rows.map(
    ({ title, share, alone }) =>
      html`<tr class="${isLow(share) ? 'low' : ''}"><td>${title}</td><td><div class="bar">${intervalBar({ value: rate(share), lower: share.lower, upper: share.upper, goal: null, from, to: 1 })}</div></td><td class="n">${plainShare(share)}</td><td class="n">${share.of}</td>${alone !== null && html`<td class="n">${plainShare(alone)}</td>`}</tr>`,
  )}</tbody></table>`;
}

/** What is taken for what. */
export function confusionSection({ confusions }: Report): Html {
  if (confusions.length === 0) return html``;
  return html`<h2>What is taken for what</h2>
<p class="lead">Rows: what is right. Columns: what was given. All answers, whoever decides in the end.</p>
<div class="matrices">${confusions.map(matrix)}</div>`;
}

/** Letters of all columns together. */
const LONGEST_HEADING = 20;

function matrix({ field, values, counts }: Confusion): Html {
  const most = Math.max(1, ...counts.flat());
  // Names of columns stand upright where beside each other they would take more than a phone has.
  const isLong = values.join('').length > LONGEST_HEADING;
  const cell = (count: number, row: number, column: number): Html =>
    html`<td class="${[row === column ? 'hit' : '', count === 0 ? 'zero' : ''].join(' ')}" style="${`--heat:${(count / most).toFixed(3)}`}">${count}</td>`;
  return html`<div class="card"><h3>${field}</h3><div class="scroll"><table class="matrix"><thead><tr><th></th>${values.map((value) => html`<th scope="col">${isLong ? html`<span class="upright">${value}</span>` : value}</th>`)}</tr></thead><tbody>${counts.map(
    (row, at) =>
      html`<tr><th scope="row">${values[at]}</th>${row.map((count, column) => cell(count, at, column))}</tr>`,
  )}</tbody></table></div></div>`;
}
