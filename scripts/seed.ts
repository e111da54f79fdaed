import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { knownAnswer } from './autonomy/known-answer.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { usageProblem } from './command/usage-problem.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';

const USAGE = `Put questions with known answers among those that wait:
  npm run seed -- <workflow> [--count N] [--right | --wrong]
Without --right or --wrong, half of them show a wrong decision.`;

/** Puts labelled examples of a workflow into its queue as questions. Nothing is executed, whatever is answered. */
async function seed(args: readonly string[]): Promise<number> {
  const { workflowId, count, isRight } = parse(args);
  const workflow = (await loadWorkflows()).find(({ id }) => id === workflowId);
  if (workflow === undefined)
    throw new Problem(`There is no workflow ${workflowId}: agents/index.ts lists those that there are.`);
  const file = `agents/${workflow.id}/examples.jsonl`;
  if (!existsSync(file)) throw new Problem(`There is no file ${file}.`);
  const examples = readFileSync(file, 'utf8');
  const runtime = new RuntimeClient();
  for (let made = 0; made < count; made += 1) {
    const options = { isRight: isRight ?? Math.random() < 0.5, chance: Math.random };
    const body = knownAnswer(workflow, examples, options);
    const answer = await runtime.postAs(workflow.team.owner, `/api/workflows/${workflow.id}/seeds`, body);
    if (answer.status !== 201) throw new Problem(`The question could not be put: ${problemIn(answer)}`);
  }
  say(`${count} put among the questions of ${workflow.title}. npm run autonomy shows how they are answered.`);
  return 0;
}

function parse(args: readonly string[]): { workflowId: string; count: number; isRight: boolean | null } {
  try {
    const options = { count: { type: 'string' }, right: { type: 'boolean' }, wrong: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [workflowId] = positionals;
    const count = Number(values.count ?? '1');
    if (workflowId === undefined) throw new Error('Say for which workflow.');
    if (!Number.isInteger(count) || count < 1 || count > 100) throw new Error('--count takes a number from 1 to 100');
    if (values.right === true && values.wrong === true) throw new Error('Say --right or --wrong, not both.');
    const isRight = values.right === true ? true : values.wrong === true ? false : null;
    return { workflowId, count, isRight };
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

if (import.meta.main) await runCommand(seed);
