import { factList, factValueMarkup, foreign } from './fact-list.ts';
import type { Fact } from './facts.ts';
import { type Html, html } from './html.ts';
import type { Proposal } from './proposal.ts';
import type { RequestView } from './request-view.ts';

/** What will be done, to the letter. */
export function proposalSection(view: RequestView, title = titleOf(view), note = noteOf(view)): Html {
  return html`<section class="card" aria-labelledby="proposal"><header><h2 id="proposal">${foreign(title)}</h2><p>${note}</p></header>${proposalMarkup(view.proposal)}</section>`;
}

export function proposalMarkup(proposal: Proposal): Html {
  if (proposal.kind === 'letter') {
    return html`${letter(proposal.head, proposal.body)}${proposal.others.length > 0 && factList(proposal.others)}`;
  }
  return proposal.facts.length > 0 ? factList(proposal.facts) : html`<p class="note">It takes no arguments.</p>`;
}

function titleOf(view: RequestView): string {
  return view.action?.title ?? 'The draft';
}

function noteOf(view: RequestView): string {
  if (view.kind === 'change-phase') return 'The figures that it rests on. Your answer is bound to exactly these.';
  if (view.kind === 'hold-action') return 'What goes out, every field of it.';
  if (view.kind === 'undo-action') return 'What was done, every field of it.';
  if (view.kind !== 'approve-action') return 'What the agents propose, every field of it.';
  if (view.effect !== 'carried-out') return 'This is what would have been done. It is not executed.';
  return view.proposal.kind === 'letter'
    ? 'Exactly this is done, with nothing left out. A mail that may be answered ends with one more line, by which the answer finds this case.'
    : 'Exactly this is done, with nothing added and nothing left out.';
}

function letter(head: readonly Fact[], body: Fact): Html {
  return html`<article class="letter"><dl class="head">${head.map(headRow)}</dl><div class="body" dir="auto" aria-label="${body.label}">${body.value.kind === 'text' && body.value.text}</div></article>`;
}

function headRow({ key, label, value }: Fact): Html {
  return html`<div><dt>${foreign(label)}</dt><dd class="${key === 'subject' ? 'subject' : 'line'}">${factValueMarkup(value)}</dd></div>`;
}
