import type { LedgerEntry } from '../../contracts/index.ts';
import { eventWords } from '../events/event-words.ts';
import { foreign } from '../fact-list.ts';
import { duration } from '../figure-words.ts';
import { type Html, html } from '../html.ts';
import { fullMoment, isoMoment } from '../when.ts';

/** A ledger as people read it, and whether its chain holds. */
export type RecordView = {
  readonly entries: readonly LedgerEntry[];
  /** What is wrong with the chain; null where each entry is linked to the one before and none is missing. */
  readonly problem: string | null;
  readonly openedAtMs: number;
  readonly timeZone: string;
  /** Titles of actions by id. */
  readonly actions: Readonly<Record<string, string>>;
};

export function recordSection(view: RecordView): Html {
  const { entries, openedAtMs } = view;
  return html`<section class="card" aria-labelledby="record"><header><h2 id="record">The record</h2><p>${chainWords(view)}</p></header>
<ol class="record">${entries.map(({ atMs, event }) => html`<li><time datetime="${isoMoment(atMs)}" title="${fullMoment(atMs, view.timeZone)}">+${duration(atMs - openedAtMs)}</time><span>${foreign(eventWords(event, (id) => view.actions[id] ?? id))}</span></li>`)}</ol></section>`;
}

function chainWords({ entries, problem }: RecordView): Html {
  if (problem !== null)
    return html`<strong class="broken">This record was changed or is not whole: ${problem}.</strong>`;
  return html`${entries.length} entries, each linked to the one before by its hash; nothing was changed.`;
}
