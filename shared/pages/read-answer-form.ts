import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, type RequestKind, Verb } from '../contracts/index.ts';
import type { Labels } from './field-labels.ts';
import { formFields } from './form-fields.ts';
import type { JsonSchema } from './json-schema.ts';
import { needsReason } from './needs-reason.ts';
import { type FieldProblem, readFields, type Submitted } from './read-field.ts';

/** An answer as it was typed; whether the request permits it is for others to judge. */
export type AnswerForm = {
  readonly verb: Verb;
  /** Digits only; empty where none is asked for. */
  readonly code: string;
  readonly reason: string;
  readonly digest: string;
  readonly seen: string;
  /** When the page was shown, as the page says it; unchecked. */
  readonly shown: string;
  /** The whole draft as edited; null unless the verb is edit. */
  readonly edits: JsonObject | null;
};

/** One sentence per problem, each with its field's label in front; `marked` names the controls. */
export type AnswerProblems = { readonly problems: readonly string[]; readonly marked: readonly string[] };

/**
 * Reads a sent answer form (`application/x-www-form-urlencoded`). With the draft that the form was filled with, controls
 * that came back untouched keep the draft's own values to the byte, and an approval of a changed form is refused;
 * without it, line breaks come back as line feeds and empty optional fields as left out.
 */
export function readAnswerForm(
  body: string,
  schema: JsonSchema,
  { draft, labels = {}, kind = null, needsCode = true }: ReadOptions = {},
): AnswerForm | AnswerProblems {
  const submitted = readSubmitted(body);
  const verb = Verb.safeParse(textOf(submitted, 'verb'));
  const code = textOf(submitted, 'code').replace(/[\s-]/g, '');
  const reason = textOf(submitted, 'reason').trim();
  const form = readForm(submitted, schema, labels, draft, verb.data ?? null);
  const problems = [
    ...(verb.success ? [] : [problem('verb', 'Answer', 'choose one of the buttons')]),
    ...(needsCode ? codeProblems(code) : []),
    ...reasonProblems(reason, verb.data, kind),
    ...form.problems,
  ];
  if (problems.length > 0 || !verb.success) return toldApart(problems);
  const [digest, seen, shown] = ['digest', 'seen', 'shown'].map((name) => textOf(submitted, name));
  return {
    ...{ verb: verb.data, code, reason, edits: form.edits },
    ...{ digest: digest ?? '', seen: seen ?? '', shown: shown ?? '' },
  };
}

type ReadOptions = {
  readonly draft?: JsonObject;
  readonly labels?: Labels;
  /** Of the question; by default one of those that want a reason for each no. */
  readonly kind?: RequestKind | null;
  /** False for who is signed in. */
  readonly needsCode?: boolean;
};

/** What was sent, by name, with line feeds for line breaks. Broken encodings become replacement characters. */
export function readSubmitted(body: string): Submitted {
  const submitted = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body)) {
    const values = submitted.get(name) ?? [];
    values.push(value.replace(/\r\n?/g, '\n'));
    submitted.set(name, values);
  }
  return submitted;
}

/** Whether the person asked for a new code instead of answering. */
export function isNewCodeRequest(body: string): boolean {
  return textOf(readSubmitted(body), 'verb') === 'new-code';
}

/** Whether the person wants to sign in before they answer. */
export function isSignInRequest(body: string): boolean {
  return textOf(readSubmitted(body), 'verb') === 'sign-in';
}

function readForm(
  submitted: Submitted,
  schema: JsonSchema,
  labels: Labels,
  draft: JsonObject | undefined,
  verb: Verb | null,
): { edits: JsonObject | null; problems: readonly FieldProblem[] } {
  if (verb !== 'edit' && (verb !== 'approve' || draft === undefined)) return { edits: null, problems: [] };
  const { value, problems } = readFields(formFields(schema, labels), submitted, draft);
  if (verb === 'edit') return { edits: value, problems };
  const isChanged = hasFields(submitted) && !isDeepStrictEqual(value, draft);
  const note =
    'you changed the form but pressed the button that takes it unchanged; press the edit button, or undo the change';
  return { edits: null, problems: isChanged ? [problem('verb', 'Answer', note)] : [] };
}

/** A page that offers no edit sends no field of it. */
function hasFields(submitted: Submitted): boolean {
  return [...submitted.keys()].some((name) => name.startsWith('edit/'));
}

function codeProblems(code: string): FieldProblem[] {
  if (code === '') return [problem('code', 'Code', 'type the digits from the mail')];
  return /^\d{4,12}$/.test(code) ? [] : [problem('code', 'Code', 'the code has digits only, as in the mail')];
}

function reasonProblems(reason: string, verb: Verb | undefined, kind: RequestKind | null): FieldProblem[] {
  if (reason.length > 2_000) return [problem('reason', 'Reason', `has ${reason.length} characters, 2000 are allowed`)];
  const isNeeded = verb !== undefined && needsReason(verb, kind);
  return isNeeded && reason === '' ? [problem('reason', 'Reason', 'say why, in a few words')] : [];
}

function problem(name: string, label: string, text: string): FieldProblem {
  return { name, label, problem: text };
}

function toldApart(problems: readonly FieldProblem[]): AnswerProblems {
  return {
    problems: problems.map(({ label, problem: text }) => `${label}: ${text}`),
    marked: problems.map(({ name }) => name),
  };
}

function textOf(submitted: Submitted, name: string): string {
  return submitted.get(name)?.[0] ?? '';
}
