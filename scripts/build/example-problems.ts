import * as z from 'zod';
import { LabelledError, parseLabelled } from '../../evals/run/labelled.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { parseExamples } from './learned.ts';

/** As many are told at once; the rest is counted. */
const MOST_TOLD = 10;

/**
 * What in a file of labelled examples does not fit the workflow, a sentence each with its line: labels that no agent may
 * give, and input that no trigger may bring. Empty where all fit, and where there are none.
 *
 * @throws Problem naming the first line that is not JSON
 */
export function exampleProblems(workflow: Workflow, file: string, text: string): string[] {
  if (text.trim() === '') return [];
  const raw = parseExamples(file, text);
  try {
    parseLabelled(file, text);
  } catch (error) {
    if (error instanceof LabelledError) return [oneLine(error.message)];
    throw error;
  }
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [index + 1]));
  const problems = raw.flatMap((example, index) =>
    [...labelProblems(workflow, example.expected), ...inputProblems(workflow, example.input)].map(
      (problem) => `${file}, line ${lines[index]}: ${problem}`,
    ),
  );
  const more = problems.length - MOST_TOLD;
  return more > 0 ? [...problems.slice(0, MOST_TOLD), `and ${more} more`] : problems;
}

function labelProblems(workflow: Workflow, expected: Readonly<Record<string, unknown>>): string[] {
  const fields = judgedFields(workflow);
  if (fields === null) return [];
  return Object.entries(expected).flatMap(([name, value]) => {
    const schema = fields.get(name);
    if (schema === undefined) {
      return [`"${name}" in "expected" is judged by no agent: write one of ${[...fields.keys()].join(', ')}`];
    }
    // null says that no value is right.
    const problem = value === null ? null : problemOf(schema, value);
    return problem === null ? [] : [`"${name}" in "expected" cannot be ${JSON.stringify(value)}: ${problem}`];
  });
}

/** By name, of all agents; null where one judges item by item, or in a form that does not tell its fields. */
function judgedFields({ agents }: Workflow): Map<string, z.ZodType> | null {
  const fields = new Map<string, z.ZodType>();
  for (const { decides, each } of agents) {
    if (each !== undefined || !(decides instanceof z.ZodObject)) return null;
    for (const [name, schema] of Object.entries(decides.shape)) fields.set(name, schema as z.ZodType);
  }
  return fields;
}

/** Where one agent judges item by item, an example holds an item in place of the input. */
function inputProblems({ agents, input }: Workflow, facts: unknown): string[] {
  if (agents.some(({ each }) => each !== undefined)) return [];
  const brought = (facts as { input: JsonObject }).input;
  const parsed = input.safeParse(brought);
  return parsed.success ? [] : parsed.error.issues.map((issue) => `in "input.input": ${wordsOf(issue)}`);
}

function problemOf(schema: z.ZodType, value: unknown): string | null {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue === undefined ? null : issue.message;
}

function wordsOf({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('✖ ', '');
}
