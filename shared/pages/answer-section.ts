import { deadlineWords } from './deadline-words.ts';
import type { Filled } from './edit-section.ts';
import { foreign } from './fact-list.ts';
import { attributes, exactText, type Html, html } from './html.ts';
import { needsReason } from './needs-reason.ts';
import type { RequestView } from './request-view.ts';
import { excludedNote } from './standing-section.ts';
import type { VerbView } from './verb-views.ts';

/** The form that answers: who it is, reason, one button per verb with what follows from it. */
export function answerSection(view: RequestView, filled: Filled | null): Html {
  const { foot } = deadlineWords(view);
  const { digest, seen, answering } = view;
  const isProvable = answering.kind === 'code' || answering.kind === 'signed-in';
  return html`<section class="card answer" id="answer-card" aria-labelledby="answer-title" tabindex="-1"><h2 id="answer-title">Your answer</h2>
${problemList(filled)}
<form method="post" id="answer" autocomplete="off" accept-charset="utf-8">
${enterGuard}
<input type="hidden" name="digest" value="${digest}"><input type="hidden" name="seen" value="${seen}"><input type="hidden" name="shown" value="${filled?.submitted.get('shown')?.[0] ?? answering.place.shown}"><input type="hidden" name="csrf" value="${answering.place.formToken}">
${proofPart(view, filled)}
${reasonField(view, filled)}
<div class="verbs">${isProvable ? view.verbs.map((verb, n) => verbButton(verb, isMain(view, verb, n))) : [signInButton(view), ...view.verbs.map(verbWords)]}</div>
<p class="at-deadline">${foot}${foot.endsWith(': ') && html`${foreign(view.atDeadline)}.`}</p>
${excludedNote(view)}</form></section>`;
}

/** The first button of a form is pressed by the enter key. This one cannot be, so no key answers by accident. */
const enterGuard = html`<button type="submit" disabled hidden></button>`;

/** What is wrong with what was sent; it stands at the top of the page and again beside the form. */
export function problemList(filled: Filled | null): Html | null {
  if (filled === null || filled.problems.length === 0) return null;
  return html`<div class="band bad"><h2>Not answered yet</h2><ul>${filled.problems.map((problem) => html`<li>${foreign(problem)}</li>`)}</ul></div>`;
}

function proofPart(view: RequestView, filled: Filled | null): Html {
  const { answering } = view;
  switch (answering.kind) {
    case 'code':
      return codeField(view, filled);
    case 'signed-in':
      return html`<p class="proof">You answer as ${foreign(answering.as)}${view.onBehalfOf !== null && html` for ${foreign(view.onBehalfOf)}`}, signed in.</p>`;
    case 'sign-in':
      return html`<p class="proof">${answering.because === 'stale' ? STALE : NEEDED}</p>`;
    case 'somebody-else':
      return html`<p class="proof">This link was sent to ${foreign(view.person)}, and you are signed in as ${foreign(answering.as)}. If it was put to you too, <a${attributes({ href: `${answering.place.root}/inbox/${view.requestId}` })}>answer it from your inbox</a>.</p>`;
  }
}

const NEEDED = 'This is answered by somebody who is signed in: the code from the mail is not enough for it.';
const STALE = 'This needs a sign-in of the last five minutes, and yours is older.';

function signInButton({ answering, person }: RequestView): Html {
  const words =
    answering.kind === 'somebody-else'
      ? html`Sign in as ${foreign(person)}`
      : answering.kind === 'sign-in' && answering.because === 'stale'
        ? 'Sign in again to answer'
        : 'Sign in to answer';
  return html`<div><button type="submit" name="verb" value="sign-in" class="first" aria-describedby="follows-sign-in">${words}</button><p id="follows-sign-in">You come back to this page, and what you typed is still here. Then you can:</p></div>`;
}

function codeField({ person }: RequestView, filled: Filled | null): Html {
  const isWrong = filled?.marked.includes('code') ?? false;
  return html`<div class="field"><label for="code">Code from the mail</label><p class="hint" id="code-hint">Sent to ${foreign(person)}. It shows that it is you who answers.</p><input class="digits" type="text" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="16" required aria-describedby="code-hint"${attributes({ 'aria-invalid': isWrong ? 'true' : null })}><p class="instead"><button type="submit" name="verb" value="new-code" class="quiet" formnovalidate>Send a new code</button><button type="submit" name="verb" value="sign-in" class="quiet" formnovalidate>Sign in instead</button></p></div>`;
}

function reasonField(view: RequestView, filled: Filled | null): Html {
  const needing = view.verbs
    .filter(({ verb }) => needsReason(verb, view.kind) || view.reasonFor.includes(verb))
    .map(({ verb, button }) => (verb === 'take-over' ? 'do it by hand' : button.toLowerCase()));
  const hint = needing.length > 0 ? `Needed to ${joined(needing)}.` : 'Kept with your answer.';
  const isWrong = filled?.marked.includes('reason') ?? false;
  return html`<div class="field"><label for="reason">Reason</label><p class="hint" id="reason-hint">${hint}</p><textarea id="reason" name="reason" rows="2" maxlength="2000" dir="auto" aria-describedby="reason-hint"${attributes({ 'aria-invalid': isWrong ? 'true' : null })}>
${exactText(filled?.submitted.get('reason')?.[0] ?? '')}</textarea></div>`;
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The first one stands out; not a no that is first only because this person may not say yes. */
function isMain({ barred }: RequestView, { verb }: VerbView, n: number): boolean {
  return n === 0 && (barred === null || verb !== 'reject');
}

function verbButton({ verb, button, note, consequence }: VerbView, isFirst: boolean): Html {
  const id = `follows-${verb}`;
  const look = isFirst ? 'first' : verb;
  return html`<div><button type="submit" name="verb" value="${verb}" class="${look}" aria-describedby="${id}">${button}${note !== '' && html`<small>${note}</small>`}</button><p id="${id}">${foreign(consequence)}</p></div>`;
}

/** What can be done once it is known who answers. */
function verbWords({ button, note, consequence }: VerbView): Html {
  return html`<p class="later"><b>${button}</b>${note !== '' && ` (${note})`}: ${foreign(consequence)}</p>`;
}
