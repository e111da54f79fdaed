import { deadlineWords } from './deadline-words.ts';
import type { Filled } from './edit-section.ts';
import { foreign } from './fact-list.ts';
import { attributes, exactText, type Html, html } from './html.ts';
import { needsReason } from './needs-reason.ts';
import type { RequestView } from './request-view.ts';
import type { VerbView } from './verb-views.ts';

/** The form that answers: code, reason, one button per verb with what follows from it. */
export function answerSection(view: RequestView, filled: Filled | null): Html {
  const { foot } = deadlineWords(view);
  return html`<section class="card answer" id="answer-card" aria-labelledby="answer-title" tabindex="-1"><h2 id="answer-title">Your answer</h2>
${problemList(filled)}
<form method="post" id="answer" autocomplete="off" accept-charset="utf-8">
${enterGuard}
<input type="hidden" name="digest" value="${view.digest}"><input type="hidden" name="seen" value="${view.seen}"><input type="hidden" name="shown" value="${filled?.submitted.get('shown')?.[0] ?? view.nowMs}">
${codeField(view, filled)}
${reasonField(view, filled)}
<div class="verbs">${view.verbs.map(verbButton)}</div>
<p class="at-deadline">${foot}${foot.endsWith(': ') && html`${foreign(view.atDeadline)}.`}</p>
</form></section>`;
}

/** The first button of a form is pressed by the enter key. This one cannot be, so no key answers by accident. */
const enterGuard = html`<button type="submit" disabled hidden></button>`;

/** What is wrong with what was sent; it stands at the top of the page and again beside the form. */
export function problemList(filled: Filled | null): Html | null {
  if (filled === null || filled.problems.length === 0) return null;
  return html`<div class="band bad"><h2>Not answered yet</h2><ul>${filled.problems.map((problem) => html`<li>${foreign(problem)}</li>`)}</ul></div>`;
}

function codeField(view: RequestView, filled: Filled | null): Html {
  const isWrong = filled?.marked.includes('code') ?? false;
  return html`<div class="field"><label for="code">Code from the mail</label><p class="hint" id="code-hint">Sent to ${foreign(view.person)}. It shows that it is you who answers.</p><input class="digits" type="text" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="16" required aria-describedby="code-hint"${attributes({ 'aria-invalid': isWrong ? 'true' : null })}></div>`;
}

function reasonField(view: RequestView, filled: Filled | null): Html {
  const needing = view.verbs
    .filter(({ verb }) => needsReason(verb, view.kind))
    .map(({ button }) => button.toLowerCase());
  const hint = needing.length > 0 ? `Needed to ${needing.join(' or ')}.` : 'Kept with your answer.';
  const isWrong = filled?.marked.includes('reason') ?? false;
  return html`<div class="field"><label for="reason">Reason</label><p class="hint" id="reason-hint">${hint}</p><textarea id="reason" name="reason" rows="2" maxlength="2000" dir="auto" aria-describedby="reason-hint"${attributes({ 'aria-invalid': isWrong ? 'true' : null })}>
${exactText(filled?.submitted.get('reason')?.[0] ?? '')}</textarea></div>`;
}

function verbButton({ verb, button, note, consequence }: VerbView, n: number): Html {
  const id = `follows-${verb}`;
  const look = n === 0 ? 'first' : verb;
  return html`<div><button type="submit" name="verb" value="${verb}" class="${look}" aria-describedby="${id}">${button}${note !== '' && html`<small>${note}</small>`}</button><p id="${id}">${foreign(consequence)}</p></div>`;
}
