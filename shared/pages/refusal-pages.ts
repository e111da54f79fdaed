import type { JsonObject } from '../contracts/index.ts';
import { problemList } from './answer-section.ts';
import { changesBetween, changeTable } from './changes.ts';
import { foreign } from './fact-list.ts';
import { html } from './html.ts';
import type { Page } from './page-shell.ts';
import { readSubmitted } from './read-answer-form.ts';
import { requestPage } from './request-page.ts';
import type { RequestView } from './request-view.ts';
import { note } from './unknown-page.ts';

/** 422 by default: the form again with what was typed and what is wrong with it; the code has to be typed anew. */
export function renderProblemsPage(view: RequestView, { body, problems, marked, status = 422 }: ProblemParts): Page {
  const filled = { submitted: readSubmitted(body), problems, marked };
  return requestPage(view, { status, filled, above: html`<div role="alert">${problemList(filled)}</div>` });
}

type ProblemParts = {
  readonly body: string;
  readonly problems: readonly string[];
  readonly marked: readonly string[];
  readonly status?: number;
};

/** The form again with what was typed, and good news above it: a new code is on its way. */
export function renderNewCodePage(view: RequestView, body: string): Page {
  const filled = { submitted: readSubmitted(body), problems: [], marked: [] };
  const above = html`<section class="band calm" role="status"><h2>A new code is on its way</h2><p>It goes to ${foreign(view.person)}. The old one no longer works. What you typed is still here.</p></section>`;
  return requestPage(view, { status: 200, filled, above });
}

/** 422: the code was wrong. What was typed is kept; the tries left are said. */
export function renderWrongCodePage(view: RequestView, { body, triesLeft }: { body: string; triesLeft: number }): Page {
  const left = triesLeft === 1 ? 'one try is left' : `${triesLeft} tries are left`;
  const problem = `Code: this is not the code from your mail; ${left}. What you typed is still here.`;
  return renderProblemsPage(view, { body, problems: [problem], marked: ['code'] });
}

/** 429: no further try with this code. With `canSend`, a button asks for a new one. */
export function renderTooManyTriesPage({
  canSend = false,
  hasSent = false,
}: {
  canSend?: boolean;
  hasSent?: boolean;
} = {}): Page {
  const form = html`<form method="post"><div class="verbs"><div><button type="submit" name="verb" value="new-code" class="first" aria-describedby="new-code">Send a new code</button><p id="new-code">It goes to the address that was asked. The old code stops working.</p></div></div></form>`;
  if (hasSent) {
    return note(429, 'Too many new codes', [
      'Three went out within an hour. The newest one works.',
      'Look for it in your mails, or ask again later. The question is still open.',
    ]);
  }
  return note(
    429,
    'Too many wrong codes',
    [
      'Nothing was answered, and the question is still open.',
      'The code no longer works. Ask for a new code to answer.',
    ],
    canSend ? form : null,
  );
}

/**
 * 409: it changed since the page was opened, and nothing was answered. Old beside new where the old draft is known, and
 * the question as it is now, to be answered again.
 */
export function renderChangedPage(view: RequestView, before: JsonObject | null): Page {
  const changes = before === null ? [] : changesBetween(before, view.draft, view.fields);
  const above = html`<section class="band warn" role="alert"><h2>Your answer was not taken: the question has changed</h2><p>You answered what the page showed before. Read what is different, then answer again.</p></section>${
    changes.length > 0 &&
    html`<section class="card different" aria-labelledby="changes"><h2 id="changes">What is different</h2>${changeTable(changes, 'You saw', 'Now')}</section>`
  }`;
  return requestPage(view, { status: 409, filled: null, above });
}
