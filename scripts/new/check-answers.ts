import * as z from 'zod';
import { Slug } from '../../shared/contracts/index.ts';
import { type Answers, BASE_FIELDS, type Given, type Line } from './answers.ts';
import {
  FORMS,
  LineError,
  parseAction,
  parseDecision,
  parseField,
  parseRule,
  parseSource,
  parseTrigger,
} from './parse-line.ts';

export type Checked =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The answers, or everything that is vague or missing in them: each with its line and what to write instead. */
export function checkAnswers(given: Given): Checked {
  const problems: string[] = [];
  const each = <T>(lines: readonly Line[], parse: (text: string) => T): T[] =>
    lines.flatMap((line) => {
      try {
        return [parse(line.text)];
      } catch (error) {
        if (!(error instanceof LineError)) throw error;
        problems.push(`${line.place}: ${error.message}: ${error.fix}\n      ${line.text}`);
        return [];
      }
    });
  const needed = (lines: readonly Line[], what: string, form: string): void => {
    if (lines.length === 0) problems.push(`${what}: ${form}`);
  };

  const unusable = idProblem(given.id);
  if (unusable !== null) problems.push(unusable);
  needed(given.triggers, 'nothing triggers it', `add a trigger such as "${FORMS.trigger}"`);
  needed(given.decisions, 'nothing is decided', `add a decision such as "${FORMS.decision}"`);
  needed(given.actions, 'nothing follows from it', `add an action such as "${FORMS.action}"`);
  needed(
    given.sources,
    'it does not say what is read',
    `add "${FORMS.source}", or "none: all of it stands in the trigger"`,
  );
  needed(given.escalation, 'there is no escalation rule', `say when a person has to step in, as in "${FORMS.rule}"`);

  const fields = each(given.fields, parseField);
  const decisions = each(given.decisions, parseDecision);
  const known = { decisions, fields: [...BASE_FIELDS, ...fields] };
  const answers: Answers = {
    id: given.id,
    title: given.title?.text ?? titleOf(given.id),
    summary: given.summary?.text ?? 'REPLACE: what it does, in one sentence.',
    team: given.team?.text ?? titleOf(given.id),
    owner: given.owner?.text ?? '',
    fields,
    triggers: each(given.triggers, parseTrigger),
    sources: each(
      given.sources.filter(({ text }) => !/^none:\s*\S/.test(text.trim())),
      parseSource,
    ),
    decisions,
    actions: each(given.actions, (text) => parseAction(text, decisions)),
    escalation: each(given.escalation, (text) => parseRule(text, known)),
  };
  problems.push(...ownerProblems(given.owner), ...repeated(answers));
  return problems.length === 0 ? { ok: true, answers } : { ok: false, problems };
}

/** Why a workflow cannot have this id; null where it can. */
export function idProblem(id: string): string | null {
  if (Slug.safeParse(id).success && id !== 'all') return null;
  return `"${id}" is no name for a workflow: write lower-case words joined by hyphens, as in "returns-desk"`;
}

/** `returns-desk` is "Returns desk". */
export function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function ownerProblems(owner: Line | null): string[] {
  if (owner === null) return ['nobody owns it: say who answers, with --owner name@company.example'];
  const problem = ownerProblem(owner.text);
  return problem === null ? [] : [`${owner.place}: ${problem}`];
}

/** Why nobody can be asked there; null where somebody can. */
export function ownerProblem(address: string): string | null {
  if (z.email().safeParse(address).success) return null;
  const problem = address === '' ? 'nobody can be asked' : `"${address}" cannot be reached`;
  return `${problem}: write an e-mail address`;
}

function repeated({ fields, triggers, sources, decisions, actions, escalation }: Answers): string[] {
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['field', [...BASE_FIELDS, ...fields].map(({ name }) => name)],
    ['trigger', triggers.map(({ id }) => id)],
    ['source', sources.map(({ id }) => id)],
    ['decision', decisions.map(({ name }) => name)],
    ['action', actions.map(({ id }) => id)],
    ['escalation rule', escalation.map(({ id }) => id)],
  ];
  return groups.flatMap(([what, names]) =>
    names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${what} "${name}" is there twice: rename one`),
  );
}
