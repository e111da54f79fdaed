import type { JsonObject } from '../contracts/index.ts';
import { accountBar } from './account-bar.ts';
import { editFields, type Filled } from './edit-section.ts';
import { foreign } from './fact-list.ts';
import { formFields } from './form-fields.ts';
import { attributes, type Html, html } from './html.ts';
import type { JsonSchema } from './json-schema.ts';
import { type Page, page } from './page-shell.ts';
import { readSubmitted } from './read-answer-form.ts';
import { readFields } from './read-field.ts';
import type { Place } from './request-view.ts';

/** A form by which a case can be started. */
export type Startable = {
  readonly workflow: { readonly id: string; readonly title: string; readonly team: string };
  readonly trigger: string;
  readonly when: string;
};

export type StartView = Startable & {
  /** Two levels below the root of the site. */
  readonly place: Omit<Place, 'root'>;
  readonly form: JsonSchema;
  readonly labels: Readonly<Record<string, string>>;
  /** Of this one filling in. */
  readonly once: string;
  /** What was sent and is wrong; null for an empty form. */
  readonly wrong: {
    readonly body: string;
    readonly problems: readonly string[];
    readonly marked: readonly string[];
  } | null;
  /** Id of the case that was just started; null for none. */
  readonly started: string | null;
};

/** What somebody may start by hand, workflow by workflow. */
export function renderStartListPage(forms: readonly Startable[], place: Place): Page {
  return page({
    status: 200,
    title: 'Start a case',
    from: '',
    mood: 'is-live',
    account: accountBar(place),
    main: html`<div class="list"><section class="ask"><h1>Start a case</h1>${forms.length === 0 && html`<p class="note">No workflow of your teams is started by hand.</p>`}</section>
<ol class="inbox">${forms.map((one) => card(one, place))}</ol></div>`,
  });
}

function card({ workflow, trigger, when }: Startable, { root }: Place): Html {
  return html`<li class="card"><p class="kicker">${foreign(workflow.title)} · ${foreign(workflow.team)}</p>
<div class="head"><h2><a${attributes({ href: `${root}/start/${workflow.id}/${trigger}` })}>${foreign(when)}</a></h2></div></li>`;
}

/** The form of one trigger: empty, or with what was typed and what is wrong with it (422). */
export function renderStartPage(view: StartView): Page {
  const { workflow, when, place, form, labels, once, wrong, started } = view;
  const filled: Filled | null =
    wrong === null ? null : { submitted: readSubmitted(wrong.body), problems: wrong.problems, marked: wrong.marked };
  return page({
    status: wrong === null ? 200 : 422,
    title: `Start a case: ${workflow.title}`,
    from: `${workflow.title} · ${workflow.team}`,
    mood: 'is-live',
    account: accountBar({ ...place, root: '../..' }),
    main: html`<div class="list"><section class="ask"><h1>${foreign(when)}</h1></section>
${started !== null && html`<section class="band calm" role="status"><h2>The case is started</h2><p>Its id is ${started}. What you are asked about it comes to your inbox.</p></section>`}
${filled !== null && html`<div class="band bad" role="alert"><h2>Not started yet</h2><ul>${filled.problems.map((problem) => html`<li>${foreign(problem)}</li>`)}</ul></div>`}
<form method="post" id="answer" autocomplete="off" accept-charset="utf-8" class="card answer"><input type="hidden" name="csrf" value="${place.formToken}"><input type="hidden" name="once" value="${once}">
${editFields(formFields(form, labels), undefined, filled)}
<div class="verbs"><div><button type="submit" class="first">Start the case</button></div></div></form>
<p class="after"><a href="../../start">Other forms</a></p></div>`,
  });
}

/** Reads what was filled in. `problems` is empty where each field can be read; the schema itself judges then. */
export function readStartForm(
  body: string,
  { form, labels }: Pick<StartView, 'form' | 'labels'>,
): {
  readonly filled: JsonObject;
  readonly once: string;
  readonly problems: readonly string[];
  readonly marked: readonly string[];
} {
  const submitted = readSubmitted(body);
  const { value, problems } = readFields(formFields(form, labels), submitted, undefined);
  return {
    filled: value,
    once: submitted.get('once')?.[0] ?? '',
    problems: problems.map(({ label, problem }) => `${label}: ${problem}`),
    marked: problems.map(({ name }) => name),
  };
}
