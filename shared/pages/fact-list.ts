import type { Fact, FactValue } from './facts.ts';
import { type Html, html } from './html.ts';

/** Facts as a list of labels and values, every value whole. */
export function factList(facts: readonly Fact[]): Html {
  return html`<dl class="facts">${facts.map(factRow)}</dl>`;
}

/** Text from outside: isolated, so that its writing direction ends with it. */
export function foreign(text: string): Html {
  return html`<bdi dir="auto">${text}</bdi>`;
}

export function factValueMarkup(value: FactValue): Html {
  switch (value.kind) {
    case 'nothing':
      return html`<span class="nothing">${value.words}</span>`;
    case 'text':
      return value.isLong ? html`<div class="long" dir="auto">${value.text}</div>` : foreign(value.text);
    case 'number':
    case 'amount':
      return html`<bdi>${value.text}</bdi>`;
    case 'list':
      return html`<ul class="${isPlain(value.items) ? 'items plain' : 'items'}">${value.items.map((item) => html`<li>${factValueMarkup(item)}</li>`)}</ul>`;
    case 'facts':
      return factList(value.facts);
  }
}

function factRow({ label, value }: Fact): Html {
  return html`<div class="${isWide(value) ? 'wide' : 'row'}"><dt>${foreign(label)}</dt><dd>${factValueMarkup(value)}</dd></div>`;
}

function isWide(value: FactValue): boolean {
  if (value.kind === 'text') return value.isLong;
  return value.kind === 'facts' || (value.kind === 'list' && !isPlain(value.items));
}

function isPlain(items: readonly FactValue[]): boolean {
  return items.every(
    (item) => item.kind === 'number' || item.kind === 'amount' || (item.kind === 'text' && !item.isLong),
  );
}
