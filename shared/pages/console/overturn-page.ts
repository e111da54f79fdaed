import type { CaseId, JsonObject } from '../../contracts/index.ts';
import { accountBar } from '../account-bar.ts';
import { editFields, type Filled } from '../edit-section.ts';
import { foreign } from '../fact-list.ts';
import { formFields } from '../form-fields.ts';
import { attributes, exactText, type Html, html } from '../html.ts';
import type { JsonSchema } from '../json-schema.ts';
import { type Page, page } from '../page-shell.ts';
import type { Place } from '../request-view.ts';
import { takeBackValue } from './read-overturn-form.ts';
import { styleConsole } from './style-console.ts';

/** What was done because of a decision, and the form by which it is overturned. */
export type OverturnView = {
  /** Two levels above the page. */
  readonly place: Place;
  readonly caseId: CaseId;
  readonly workflow: { readonly title: string; readonly team: string };
  /** Empty where nothing but its id tells the case from others. */
  readonly subject: string;
  readonly decision: JsonObject;
  readonly form: JsonSchema;
  readonly labels: Readonly<Record<string, string>>;
  /** Its own case first. */
  readonly cases: readonly DoneInCase[];
  /** False: more followed than is shown. */
  readonly isWhole: boolean;
  /** Of all that is shown here. */
  readonly digest: string;
};

export type DoneInCase = {
  readonly caseId: CaseId;
  readonly title: string;
  readonly subject: string;
  readonly hops: number;
  readonly actions: readonly {
    readonly actionId: string;
    readonly title: string;
    readonly target: string;
    readonly takenBackBy: { readonly title: string; readonly needsYes: boolean } | null;
    readonly problem: string;
  }[];
};

/** The form as it was sent, why nothing was done, and whether what it was bound to has changed. */
export type NotOverturned = Filled & { readonly status: number; readonly isChanged: boolean };

export function renderOverturnPage(view: OverturnView, sent: NotOverturned | null = null): Page {
  const { workflow, place, subject, caseId } = view;
  const about = subject === '' ? `Case ${caseId.slice(0, 8)}` : subject;
  return page({
    status: sent?.status ?? 200,
    title: `This was wrong: ${about}`,
    from: `${workflow.title} · ${workflow.team}`,
    mood: 'is-live',
    css: styleConsole,
    account: accountBar(place),
    main: html`<section class="ask"><h1><span class="kicker">This was wrong</span>${foreign(about)}</h1><div class="why"><p>Choose what is taken back, put in the right decision if you know it, and say why. It counts against the agents, and what still waits because of the decision is refused.</p></div></section>
${changed(sent)}${problems(sent, 'alert')}
<div class="columns"><div class="matter">${consequences(view, sent)}${rightDecision(view, sent)}</div>${overturnForm(view, sent)}</div>`,
    foot: html`<p><a${attributes({ href: `${place.root}/cases/${caseId}` })}>Back to the case</a>. What you send is bound to what this page shows, <code>${view.digest.slice(0, 12)}</code>, and kept with your name and the time.</p>`,
  });
}

function changed(sent: NotOverturned | null): Html | null {
  if (sent === null || !sent.isChanged) return null;
  return html`<section class="band warn" role="alert"><h2>Nothing was overturned: more was done, or somebody was first, since you looked</h2><p>This page shows how it stands now, and what you typed is still here. Read it, then send it again.</p></section>`;
}

function problems(sent: NotOverturned | null, role: 'alert' | null): Html | null {
  if (sent === null || sent.problems.length === 0) return null;
  return html`<div class="band bad"${attributes({ role })}><h2>Not overturned yet</h2><ul>${sent.problems.map((problem) => html`<li>${foreign(problem)}</li>`)}</ul></div>`;
}

function consequences({ cases, isWhole }: OverturnView, sent: NotOverturned | null): Html {
  const isNothing = isWhole && cases.every(({ actions }) => actions.length === 0);
  return html`<section class="card" aria-labelledby="done"><h2 id="done">What was done because of it</h2>${
    isNothing ? html`<p class="note">Nothing was done.</p>` : cases.map((one) => inCase(one, sent))
  }${!isWhole && html`<p class="words">More followed from it than is shown here.</p>`}</section>`;
}

function inCase({ caseId, title, subject, hops, actions }: DoneInCase, sent: NotOverturned | null): Html {
  const name =
    hops === 0 ? 'In this case' : html`Then: ${foreign(title)}${subject !== '' && html`, ${foreign(subject)}`}`;
  if (actions.length === 0) return html`<h3 class="done-in">${name}</h3><p class="note">No action was done.</p>`;
  const chosen = sent?.submitted.get('back') ?? [];
  return html`<h3 class="done-in">${name}</h3><ul class="acts">${actions.map((action) => {
    const { actionId, takenBackBy, problem, target } = action;
    const value = takeBackValue(caseId, actionId);
    const to = target === '' ? null : html`<p class="words">To ${foreign(target)}</p>`;
    if (takenBackBy === null)
      return html`<li><h4>${foreign(action.title)}</h4>${to}<p class="words">${foreign(problem)}</p></li>`;
    return html`<li><h4>${foreign(action.title)}</h4>${to}<label class="leave"><input type="checkbox" form="answer" name="back" value="${value}"${attributes({ checked: chosen.includes(value) })}> <span>Take it back: ${foreign(takenBackBy.title)}${takenBackBy.needsYes && ', once somebody says yes to that'}</span></label></li>`;
  })}</ul>`;
}

function rightDecision({ decision, form, labels }: OverturnView, sent: NotOverturned | null): Html {
  return html`<section class="card" aria-labelledby="right-title"><h2 id="right-title">The right decision</h2><p class="note">This is what was decided. Change what was not right.</p>${editFields(formFields(form, labels), decision, sent)}</section>`;
}

const WAYS = [
  ['carry-out', 'As in the form; carry it out'],
  ['record', 'As in the form; only put it on record'],
  ['none', 'I do not say what is right'],
] as const;

function overturnForm({ digest, place }: OverturnView, sent: NotOverturned | null): Html {
  const chosen = sent?.submitted.get('right')?.[0] ?? '';
  const isWrong = (name: string): string | null => (sent?.marked.includes(name) === true ? 'true' : null);
  return html`<section class="card answer" id="answer-card" aria-labelledby="answer-title"><h2 id="answer-title">Overturn it</h2>${problems(sent, null)}
<form method="post" id="answer" autocomplete="off" accept-charset="utf-8"><button type="submit" disabled hidden></button><input type="hidden" name="digest" value="${digest}"><input type="hidden" name="csrf" value="${place.formToken}">
<p class="proof">You overturn it as ${foreign(place.signedInAs ?? '')}, signed in.</p>
<fieldset class="field" aria-describedby="right-hint"><legend>What is right</legend><p class="hint" id="right-hint">Carried out is by the rules for any decision by a person: who has to be asked is asked. What was done or refused in this case is not done again, unless it is taken back here.</p><div class="choices">${WAYS.map(([way, words]) => html`<label><input type="radio" name="right" value="${way}" required${attributes({ checked: way === chosen })}> ${words}</label>`)}</div></fieldset>
<div class="field"><label for="reason">Reason</label><p class="hint" id="reason-hint">Kept with it, for everybody of the team to read. With a right decision it becomes an example to learn from.</p><textarea id="reason" name="reason" rows="2" maxlength="2000" dir="auto" required aria-describedby="reason-hint"${attributes({ 'aria-invalid': isWrong('reason') })}>
${exactText(sent?.submitted.get('reason')?.[0] ?? '')}</textarea></div>
<div class="verbs"><div><button type="submit" class="reject" aria-describedby="follows">Overturn the decision</button><p id="follows">The record keeps who, why, and what was decided before and after.</p></div></div></form></section>`;
}
