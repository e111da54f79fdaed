import type { DecisionView } from './decision-view.ts';
import { foreign } from './fact-list.ts';
import type { Fact } from './facts.ts';
import { type Html, html } from './html.ts';

const MOST_FACTS = 3;
const MOST_LETTERS = 40;

/** What was decided in a few words: values that say something by themselves, so no yes, no, text or list, and no amount of nothing. */
export function gistOf(decision: DecisionView | null): readonly Fact[] {
  const telling = (decision?.fields ?? []).filter(({ value }) => {
    if (value.kind === 'number') return true;
    if (value.kind === 'amount') return !/^0(\.0+)? /.test(value.text);
    return value.kind === 'text' && !value.isLong && value.text.length <= MOST_LETTERS && !isYesOrNo(value.text);
  });
  return telling.slice(0, MOST_FACTS);
}

/** `Priority warm · Lead score 5`; null where nothing was decided that fits a line. */
export function gistMarkup(decision: DecisionView | null): Html | null {
  const facts = gistOf(decision);
  if (facts.length === 0) return null;
  return html`${facts.map(({ label, value }, n) => html`${n > 0 ? ' · ' : ''}<span class="soft">${foreign(label)}</span> ${foreign('text' in value ? value.text : '')}`)}`;
}

function isYesOrNo(text: string): boolean {
  return text === 'Yes' || text === 'No';
}
