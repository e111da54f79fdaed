import * as z from 'zod';
import { Example, Slug } from '../shared/contracts/index.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { problemIn, RuntimeClient, type RuntimeResponse } from './runtime/client.ts';

/**
 * `npm run examples -- <workflow>`: what people corrected, as lines of examples.jsonl, each with where it is from. Look at
 * each before it goes there: a model learns from it.
 */
async function printExamples(args: readonly string[]): Promise<number> {
  const workflow = workflowFrom(args);
  const runtime = new RuntimeClient();
  const read = (path: string): Promise<RuntimeResponse> => runtime.getAsOperator(path);
  const examples = await fetchExamples(read, workflow);
  for (const example of examples) console.log(exampleLine(example));
  // Not on stdout, whose lines go into a file.
  if (examples.length === 0) console.error(`Nobody has corrected ${workflow} yet.`);
  return 0;
}

const ExamplePage = z.object({ items: z.array(Example), cursor: z.string().nullable() });

/** All corrections of a workflow, page by page. */
export async function fetchExamples(
  read: (path: string) => Promise<RuntimeResponse>,
  workflow: string,
): Promise<Example[]> {
  const found: Example[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await read(`/api/workflows/${workflow}/examples?limit=100${after}`);
    if (answer.status !== 200) throw new Problem(`The corrections could not be read: ${problemIn(answer)}`);
    const page = ExamplePage.safeParse(answer.body);
    if (!page.success) throw new Problem(`They came in a form that is not understood:\n${z.prettifyError(page.error)}`);
    found.push(...page.data.items);
    cursor = page.data.cursor;
  } while (cursor !== null);
  return found;
}

/** A line of agents/<workflow>/examples.jsonl, and where it is from. */
export function exampleLine({ id, input, expected, note, provenance }: Example): string {
  return JSON.stringify({ id, input, expected, note, provenance });
}

function workflowFrom(args: readonly string[]): string {
  const given = args.find((argument) => !argument.startsWith('--'));
  if (given === undefined) throw new Problem('Say which workflow: npm run examples -- <workflow>');
  const parsed = Slug.safeParse(given);
  if (!parsed.success) throw new Problem(`"${given}" is no workflow: its name has lower-case words joined by hyphens.`);
  return parsed.data;
}

if (import.meta.main) await runCommand(printExamples);
