import { changeTable } from './changes.ts';
import { foreign } from './fact-list.ts';
import { type Html, html } from './html.ts';
import { outcomeWords } from './outcome.ts';
import type { RequestView } from './request-view.ts';
import { fullMoment } from './when.ts';

/** What is no longer as it was when it was proposed, or when somebody said yes and is asked again for that: it comes first. */
export function changedSection(view: RequestView): Html | null {
  if (view.changes.length === 0) return null;
  const { earlier, person } = view;
  const isOwn = earlier !== null && earlier.by.toLowerCase() === person.toLowerCase();
  const whose = earlier === null ? 'it was proposed' : isOwn ? 'your yes' : html`the yes of ${foreign(earlier.by)}`;
  return html`<section class="band warn changed" aria-labelledby="changed"><h2 id="changed">Changed since ${whose}</h2>${
    earlier && html`<p>${earlierWords(view)}</p>`
  }${changeTable(view.changes, 'Then', 'Now')}</section>`;
}

function earlierWords(view: RequestView): Html {
  const { earlier } = view;
  if (earlier === null) return html``;
  const { word } = outcomeWords({ ...view, state: 'answered', answer: earlier });
  const reason = earlier.reason === '' ? '' : html`: “${foreign(earlier.reason)}”`;
  return html`${word} ${fullMoment(earlier.atMs, view.timeZone)}${reason}. It was not done, because what it rested on changed.`;
}
