import { isDeepStrictEqual } from 'node:util';
import { accountBar } from './account-bar.ts';
import { answerSection } from './answer-section.ts';
import { attemptsSection } from './attempts-section.ts';
import { changedSection } from './changed-section.ts';
import { deadlineWords } from './deadline-words.ts';
import { decisionSection } from './decision-section.ts';
import { editFields, type Filled } from './edit-section.ts';
import { evidenceSection } from './evidence-section.ts';
import { factList } from './fact-list.ts';
import { attributes, type Html, html } from './html.ts';
import { type Page, page } from './page-shell.ts';
import { proposalSection } from './proposal-section.ts';
import { questionSection, strip } from './question-section.ts';
import { readFields } from './read-field.ts';
import type { RequestView } from './request-view.ts';
import { standingSection } from './standing-section.ts';
import { teamSection } from './team-section.ts';
import { moment } from './when.ts';

/** The page that a link opens while the request waits. `filled` brings back what was typed, with what is wrong. */
export function renderRequestPage(view: RequestView, filled: Filled | null = null): Page {
  return requestPage(view, { status: 200, filled, above: null });
}

/** The same page under another status, with something said above it. */
export function requestPage(
  view: RequestView,
  { status, filled, above }: { status: number; filled: Filled | null; above: Html | null },
): Page {
  const answerAt = view.kind === 'decide-case' ? '#edit' : '#answer-card';
  return page({
    status,
    title: `${view.effect === 'nothing' ? 'Nothing will be executed: ' : ''}${view.question}`,
    from: `${view.workflow.title} · ${view.workflow.team}`,
    mood: view.effect === 'nothing' ? 'is-nothing' : 'is-live',
    account: accountBar(view.answering.place),
    main: html`<a class="skip" href="#answer-card">To the answer</a>
${changedSection(view)}
${questionSection(view)}
${above}
${standingSection(view)}
${strip(view)}
<div class="columns"><div class="matter">${matter(view, filled)}
<a class="jump" href="${answerAt}">${deadlineWords(view).jump}<span>by ${moment(view.deadlineMs, view.nowMs, view.timeZone)}</span></a></div>
${answerSection(view, filled)}</div>`,
    foot: footOf(view),
  });
}

export function footOf(view: RequestView): Html {
  return html`<p>Case <code>${view.caseId.slice(0, 8)}</code>, request <code>${view.requestId.slice(0, 8)}</code>, bound to <code>${view.digest.slice(0, 12)}</code>. Your answer is kept with your name, the time and what this page showed.</p>`;
}

export function inputSection(view: RequestView): Html {
  return html`<section class="card" aria-labelledby="input"><h2 id="input">${view.subject === '' ? 'What it is about' : html`About <bdi dir="auto">${view.subject}</bdi>`}</h2>${
    view.input.length > 0 ? factList(view.input) : html`<p class="note">The trigger brought no values.</p>`
  }</section>`;
}

/** An action is read before its background; a decision after it. */
function matter(view: RequestView, filled: Filled | null): Html[] {
  // A decision that is there and is not shown is one that the person is to make first.
  const isHidden = view.decision === null && view.decided !== null;
  const decision = isHidden ? [] : [decisionSection(view.decision)];
  const tried = attemptsSection(view.attempts) ?? html``;
  const team = teamSection(view.team) ?? html``;
  const background = [inputSection(view), ...decision, team, tried, evidenceSection(view)];
  const edit = editSection(view, filled);
  if (view.kind === 'change-phase') return [proposalSection(view)];
  if (ABOUT_ACTION.has(view.kind)) return [proposalSection(view), edit, ...background];
  return isDraftShown(view) ? [...background, edit] : [...background, proposalSection(view), edit];
}

const ABOUT_ACTION: ReadonlySet<RequestView['kind']> = new Set(['approve-action', 'hold-action', 'undo-action']);

/** The decision is the draft, so that it need not stand there twice. */
function isDraftShown(view: RequestView): boolean {
  return Object.keys(view.draft).length === 0 || isDeepStrictEqual(view.draft, view.decided);
}

/** A form that comes back before it was answered may hold changes. */
function isEdited({ fields, draft }: RequestView, filled: Filled | null): boolean {
  if (filled === null || ![...filled.submitted.keys()].some((name) => name.startsWith('edit/'))) return false;
  return !isDeepStrictEqual(readFields(fields, filled.submitted, draft).value, draft);
}

function editSection(view: RequestView, filled: Filled | null): Html {
  if (!view.verbs.some(({ verb }) => verb === 'edit') || view.fields.length === 0) return html``;
  const pressed = filled?.submitted.get('verb')?.[0] ?? '';
  const isUnseen = Object.keys(view.draft).length === 0;
  const isOpen = view.kind === 'decide-case' || isUnseen || pressed === 'edit' || isEdited(view, filled);
  const words =
    view.kind === 'approve-action'
      ? 'Edit before approving'
      : view.kind === 'decide-case'
        ? 'Decide here'
        : 'Give the right decision';
  const button = view.verbs.find(({ verb }) => verb === 'edit')?.button ?? '';
  const inner = html`<p class="note">Change what is not right, then press “${button}” below.</p>${editFields(view.fields, view.draft, filled)}`;
  return html`<details class="card editing" id="edit"${attributes({ open: isOpen })}><summary>${words}</summary>${inner}</details>`;
}
