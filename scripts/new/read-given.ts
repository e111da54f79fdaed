import { parseArgs } from 'node:util';
import * as z from 'zod';
import { Problem } from '../command/problem.ts';
import { usageProblem } from '../command/usage-problem.ts';
import type { Given, Line } from './answers.ts';

export const USAGE = `Ask the five questions:         npm run new -- workflow <id>
Take the answers from a file:   npm run new -- workflow <id> --answers <file.json>
Take them from options:         npm run new -- workflow <id> <options>
  once    --owner <address> [--title … --summary … --team …]
  each    --trigger <line> --source <line> --decision <line>
          --action <line> --escalate <line> [--field <line>]`;

const one = { type: 'string' } as const;
const many = { type: 'string', multiple: true } as const;
const OPTIONS = {
  ...{ answers: one, title: one, summary: one, team: one, owner: one },
  ...{ field: many, trigger: many, source: many, decision: many, action: many, escalate: many },
};

const AnswersFile = z.strictObject({
  title: z.string().optional(),
  summary: z.string().optional(),
  team: z.string().optional(),
  owner: z.string().optional(),
  fields: z.array(z.string()).default([]),
  triggers: z.array(z.string()).default([]),
  sources: z.array(z.string()).default([]),
  decisions: z.array(z.string()).default([]),
  actions: z.array(z.string()).default([]),
  escalation: z.array(z.string()).default([]),
});

export interface Asked {
  readonly id: string;
  /** Null where the person at the terminal is to be asked. */
  readonly given: Given | null;
}

/** @throws Problem for options that there are not, and for a file that cannot be read. */
export function readGiven(args: readonly string[], readFile: (path: string) => string): Asked {
  const { values, positionals } = parsed(args);
  const [what, id, ...more] = positionals;
  if (what !== 'workflow' || id === undefined || more.length > 0) throw new Problem(USAGE);
  if (values.answers !== undefined) return { id, given: fromFile(id, values.answers, readFile(values.answers)) };
  if (Object.keys(values).length === 0) return { id, given: null };
  return { id, given: fromOptions(id, values) };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

function fromOptions(id: string, values: ReturnType<typeof parsed>['values']): Given {
  const line = (option: string, text: string | undefined): Line | null =>
    text === undefined ? null : { text, place: `--${option}` };
  const lines = (option: string, texts: readonly string[] = []): Line[] =>
    texts.map((text) => ({ text, place: `--${option}` }));
  return {
    id,
    title: line('title', values.title),
    summary: line('summary', values.summary),
    team: line('team', values.team),
    owner: line('owner', values.owner),
    fields: lines('field', values.field),
    triggers: lines('trigger', values.trigger),
    sources: lines('source', values.source),
    decisions: lines('decision', values.decision),
    actions: lines('action', values.action),
    escalation: lines('escalate', values.escalate),
  };
}

function fromFile(id: string, file: string, text: string): Given {
  const answers = AnswersFile.safeParse(jsonOf(file, text));
  if (!answers.success) throw new Problem(`${file} does not hold the answers:\n${z.prettifyError(answers.error)}`);
  const given = answers.data;
  const place = (value: string): Line => ({ text: value, place: `${file}, line ${lineOf(text, value)}` });
  const maybe = (value: string | undefined): Line | null => (value === undefined ? null : place(value));
  return {
    id,
    title: maybe(given.title),
    summary: maybe(given.summary),
    team: maybe(given.team),
    owner: maybe(given.owner),
    fields: given.fields.map(place),
    triggers: given.triggers.map(place),
    sources: given.sources.map(place),
    decisions: given.decisions.map(place),
    actions: given.actions.map(place),
    escalation: given.escalation.map(place),
  };
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** The line of the file on which a value stands, as it is spelled there; 1 where it is spelled in another way. */
function lineOf(text: string, value: string): number {
  const at = text.indexOf(JSON.stringify(value));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
