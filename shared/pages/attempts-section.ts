import { foreign } from './fact-list.ts';
import { type Html, html } from './html.ts';

/** What agents answered before their checks failed: a badge, and each answer as it came. */
export function attemptsSection(attempts: readonly string[]): Html | null {
  if (attempts.length === 0) return null;
  return html`<section class="card" aria-labelledby="attempts"><header><h2 id="attempts">Answers that failed their checks</h2><p>As they came. What came after them is a draft for you, and nothing is done by itself.</p></header>
${attempts.map((attempt, index) => html`<details class="more"><summary>Answer ${String(index + 1)}</summary><p>${foreign(attempt)}</p></details>`)}</section>`;
}
