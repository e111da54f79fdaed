import { isDeepStrictEqual } from 'node:util';
import { CaseId, type JsonObject } from '../../contracts/index.ts';
import type { Labels } from '../field-labels.ts';
import { formFields } from '../form-fields.ts';
import type { JsonSchema } from '../json-schema.ts';
import { readSubmitted } from '../read-answer-form.ts';
import { type FieldProblem, readFields, type Submitted } from '../read-field.ts';

/** An overturning as it was typed. */
export type OverturnForm = {
  /** Of what the page showed. */
  readonly digest: string;
  readonly reason: string;
  /** Null where the person does not say what is right. */
  readonly decision: JsonObject | null;
  readonly carryOut: boolean;
  readonly takeBack: readonly TakeBack[];
};

type TakeBack = { readonly caseId: CaseId; readonly actionId: string };

/** What the page was made of that the form came from. */
type Asked = {
  readonly form: JsonSchema;
  readonly labels: Labels;
  readonly decision: JsonObject;
  readonly digest: string;
};

/** One sentence per problem, with its field's label in front; `marked` names the controls. */
type Unread = { readonly problems: readonly string[]; readonly marked: readonly string[] };

export function takeBackValue(caseId: string, actionId: string): string {
  return `${caseId}/${actionId}`;
}

/**
 * Reads a sent form. A right decision that is the overturned one, and changes that nobody is to take in, are refused:
 * one of the two was meant otherwise. Not so in a form that is bound to what has changed since, which is judged by that.
 */
export function readOverturnForm(body: string, asked: Asked): OverturnForm | Unread {
  const submitted = readSubmitted(body);
  const [digest, reason, right] = ['digest', 'reason', 'right'].map((name) => submitted.get(name)?.[0] ?? '');
  const way = WAYS.find((one) => one === right);
  const read = readFields(formFields(asked.form, asked.labels), submitted, asked.decision);
  const isChanged = !isDeepStrictEqual(read.value, asked.decision);
  const problems: FieldProblem[] = [
    ...(way === undefined ? [problem('right', 'What is right', 'choose one')] : []),
    ...(reason?.trim() === '' ? [problem('reason', 'Reason', 'say why, in a few words')] : []),
    ...(way === 'none' ? [] : read.problems),
    ...(digest === asked.digest && read.problems.length === 0 ? meant(way, isChanged) : []),
  ];
  if (problems.length > 0) return toldApart(problems);
  return {
    ...{ digest: digest ?? '', reason: reason?.trim() ?? '' },
    ...{ decision: way === 'none' ? null : read.value, carryOut: way === 'carry-out' },
    takeBack: takeBackIn(submitted),
  };
}

const WAYS = ['carry-out', 'record', 'none'] as const;

function meant(way: (typeof WAYS)[number] | undefined, isChanged: boolean): FieldProblem[] {
  if (way === 'none' && isChanged)
    return [
      problem('right', 'What is right', 'you changed the form and say that you do not know; choose one of the two'),
    ];
  if (way !== 'none' && way !== undefined && !isChanged)
    return [problem('right', 'What is right', 'the form still holds what was decided; change it, or do not say')];
  return [];
}

/** What is none of ours is left to whoever overturns, who knows none such. */
function takeBackIn(submitted: Submitted): TakeBack[] {
  return (submitted.get('back') ?? []).flatMap((value) => {
    const [, case_ = '', actionId = ''] = /^([^/]*)\/(.+)$/s.exec(value) ?? [];
    const caseId = CaseId.safeParse(case_);
    return caseId.success ? [{ caseId: caseId.data, actionId }] : [];
  });
}

function problem(name: string, label: string, text: string): FieldProblem {
  return { name, label, problem: text };
}

function toldApart(problems: readonly FieldProblem[]): Unread {
  return {
    problems: problems.map(({ label, problem: text }) => `${label}: ${text}`),
    marked: problems.map(({ name }) => name),
  };
}
