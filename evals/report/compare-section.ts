import { type Html, html } from '../../shared/pages/html.ts';
import type { Comparison, Difference, Paired } from '../compare/compare.ts';
import { idList } from './id-list.ts';
import { moneyWords, timeWords } from './words.ts';

const MOST_IDS = 24;

/** This run beside the earlier one, case by case. */
export function compareSection(comparison: Comparison | null, volume: number): Html {
  if (comparison === null) return html``;
  const { verdict, because, answers, alone, cost, latency, pairs, leftOut } = comparison;
  return html`<h2>Against the earlier run: ${verdict}</h2>
<p class="lead">${because}${leftOut > 0 && ` ${leftOut} cases stand in one run only and were left out.`}</p>
<div class="card"><table class="records"><thead><tr><th></th><th class="n">before</th><th class="n">now</th><th>95 % interval of the difference, or chance of it</th></tr></thead><tbody>
${pairedRow('Right', answers, pairs)}${pairedRow('Decided without a person', alone, pairs)}
${differenceRow('Models, per decision', cost, moneyWords)}${latency !== null && differenceRow('Time, per case', latency, timeWords)}
<tr><td>Models, per month at ${volume}</td><td class="n" data-name="before">${moneyWords(cost.before * volume)}</td><td class="n" data-name="now">${moneyWords(cost.after * volume)}</td><td data-name="difference">${signed(cost.difference * volume, moneyWords)}</td></tr>
</tbody></table>
<p class="note"><b class="gain">Became right (${answers.gained.length}):</b> ${idWords(answers.gained)}</p>
<p class="note"><b class="wrong">Became wrong (${answers.lost.length}):</b> ${idWords(answers.lost)}</p></div>`;
}

function pairedRow(title: string, { before, after, gained, lost, chance }: Paired, pairs: number): Html {
  const odds = chance < 0.001 ? '< 0.001' : `= ${chance.toFixed(3)}`;
  return html`<tr><td>${title}</td><td class="n" data-name="before">${before} of ${pairs}</td><td class="n" data-name="now">${after} of ${pairs}</td><td data-name="change">${gained.length} gained, ${lost.length} lost; p ${odds} (exact McNemar)</td></tr>`;
}

function differenceRow(title: string, { before, after, interval }: Difference, words: (value: number) => string): Html {
  const spread = interval === null ? '' : `${signed(interval.lower, words)} to ${signed(interval.upper, words)}`;
  return html`<tr><td>${title}</td><td class="n" data-name="before">${words(before)}</td><td class="n" data-name="now">${words(after)}</td><td data-name="difference, 95 % interval">${spread}</td></tr>`;
}

function signed(value: number, words: (value: number) => string): string {
  return value < 0 ? `−${words(-value)}` : `+${words(value)}`;
}

function idWords(ids: readonly string[]): Html {
  return ids.length === 0 ? html`none` : idList(ids, MOST_IDS);
}
