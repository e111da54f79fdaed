import type { ConfidenceView, DecidedField, DecisionView } from './decision-view.ts';
import { factValueMarkup, foreign } from './fact-list.ts';
import { attributes, type Html, html } from './html.ts';

/** What the agents decided, how sure they are and why, field by field. */
export function decisionSection(decision: DecisionView | null): Html {
  if (decision === null) {
    return html`<section class="card" aria-labelledby="decision"><h2 id="decision">What the agent decided</h2><p class="note">Nothing: there is no decision to show.</p></section>`;
  }
  return html`<section class="card" aria-labelledby="decision"><header><h2 id="decision">What the agent decided</h2><p>Decided by ${foreign(decision.by)}. Its reasons are its own words.</p></header>
${decision.confidence && overall(decision.confidence)}
${because(decision.because)}
<dl class="facts">${decision.fields.map(decidedRow)}</dl></section>`;
}

function decidedRow(field: DecidedField): Html {
  return html`<div><dt>${foreign(field.label)}</dt><dd><div class="decided"><div class="value">${factValueMarkup(field.value)}</div>${field.confidence && html`<p class="${isUnder(field.confidence) ? 'sure under' : 'sure'}">${meter(field.confidence)}<b>${field.confidence.percent}</b></p>`}</div>${field.confidence && html`<p class="words">${words(field.confidence)}</p>`}${field.from !== '' && html`<p class="words">From ${foreign(field.from)}</p>`}${because(field.because)}</dd></div>`;
}

/** Reasons that are read at a glance; where there are many more, the rest folds away. */
const REASONS_AT_A_GLANCE = 3;

function because(reasons: readonly string[]): Html | null {
  if (reasons.length === 0) return null;
  const isLong = reasons.length > REASONS_AT_A_GLANCE + 1;
  if (!isLong) return reasonList(reasons);
  const rest = reasons.slice(REASONS_AT_A_GLANCE);
  return html`${reasonList(reasons.slice(0, REASONS_AT_A_GLANCE))}<details class="more"><summary>${rest.length} more reasons</summary>${reasonList(rest)}</details>`;
}

function reasonList(reasons: readonly string[]): Html {
  return html`<ul class="because">${reasons.map((reason) => html`<li>${foreign(reason)}</li>`)}</ul>`;
}

function overall(confidence: ConfidenceView): Html {
  const { threshold } = confidence;
  const needed = threshold === null || isUnder(confidence) ? '' : `, ${Math.round(threshold * 100)} % needed`;
  return html`<p class="${isUnder(confidence) ? 'sure under' : 'sure'}">${meter(confidence)}<span>Overall <b>${confidence.percent}</b>, ${words(confidence)}${needed}</span></p>`;
}

/** Above its threshold a field needs no more than words; below it the threshold is named. */
function words(confidence: ConfidenceView): string {
  const { threshold } = confidence;
  return threshold !== null && isUnder(confidence)
    ? `${confidence.words}, ${Math.round(threshold * 100)} % needed`
    : confidence.words;
}

function isUnder({ value, threshold }: ConfidenceView): boolean {
  return threshold !== null && value < threshold;
}

/** Twenty ticks, filled as far as the confidence goes; a longer one stands where a person begins to be asked. */
function meter({ value, threshold }: ConfidenceView): Html {
  return html`<svg viewBox="0 0 84 12" aria-hidden="true">${ticks(value, threshold)}</svg>`;
}

function ticks(value: number, threshold: number | null): Html[] {
  const marks = Array.from({ length: 20 }, (_, n) => {
    const isOn = value >= (n + 0.5) / 20;
    return html`<rect${attributes({ class: isOn ? 'tick on' : 'tick', x: n * 4.2 })} y="2" width="2.600" height="8" rx="1.300"/>`;
  });
  if (threshold === null) return marks;
  return [
    ...marks,
    html`<rect${attributes({ class: 'limit', x: Math.min(82.8, Math.max(0, threshold * 84 - 1.2)).toFixed(1) })} y="0" width="1.200" height="12"/>`,
  ];
}
