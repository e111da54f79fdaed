import type { EvidenceView } from './evidence-view.ts';
import { factList, foreign } from './fact-list.ts';
import { attributes, type Html, html } from './html.ts';
import type { RequestView } from './request-view.ts';
import { timeMarkup } from './time-markup.ts';
import { distance } from './when.ts';

type EvidenceOf = Pick<RequestView, 'evidence' | 'nowMs' | 'timeZone'>;

/** Every source that was read: whether it answered, when, and every value that it gave. */
export function evidenceSection(view: EvidenceOf): Html {
  return html`<section class="card" aria-labelledby="evidence"><h2 id="evidence">Evidence</h2>${
    view.evidence.length > 0
      ? view.evidence.map((evidence) => source(evidence, view))
      : html`<p class="note">No source was read.</p>`
  }</section>`;
}

/** Short sources and troubled ones stand open. */
function source(evidence: EvidenceView, view: EvidenceOf): Html {
  const isShort = evidence.facts.length <= MOST_FACTS && JSON.stringify(evidence.facts).length <= MOST_LETTERS;
  const isOpen = evidence.status !== 'complete' || isShort;
  return html`<details class="source"${attributes({ open: isOpen })}><summary><h3>${foreign(evidence.title)}</h3><span class="${`state ${evidence.status}`}">${words[evidence.status]} ${timeMarkup(evidence.readAtMs, view)} (${distance(evidence.readAtMs, view.nowMs)})${evidence.isCited === true && ', the answer rests on it'}</span></summary>
${evidence.problems.length > 0 && html`<ul class="gaps">${evidence.problems.map((problem) => html`<li>${evidence.status === 'failed' ? 'Problem' : 'Missing'}: ${foreign(problem)}</li>`)}</ul>`}
${evidence.facts.length > 0 ? factList(evidence.facts) : html`<p class="note">${noValues(evidence)}</p>`}</details>`;
}

/** What fits a screen or two of a phone; a list of pages that were found is one fact and long. */
const MOST_FACTS = 12;
const MOST_LETTERS = 2_500;

function noValues({ longBytes }: EvidenceView): string {
  if (longBytes === null) return 'It gave no values.';
  return `It gave ${Math.ceil(longBytes / 1_024)} KB, kept with the case and too long to be shown here.`;
}

const words = {
  complete: 'complete, read',
  incomplete: 'incomplete, read',
  failed: 'could not be read, tried',
} as const;
