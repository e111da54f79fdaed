import type { Workflow } from '../shared/authoring/index.ts';
import { AutonomyAnswer, ReviewersAnswer } from './autonomy/autonomy-answer.ts';
import { autonomyTable } from './autonomy/autonomy-table.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';

/** `npm run autonomy -- [workflow]`: how much each workflow may do by itself, by which numbers, and how people answer. */
async function autonomy(args: readonly string[]): Promise<number> {
  const [wanted] = args.filter((argument) => !argument.startsWith('--'));
  const workflows = (await loadWorkflows()).filter(({ id }) => wanted === undefined || id === wanted);
  if (workflows.length === 0)
    throw new Problem(`There is no workflow ${wanted}: agents/index.ts lists those that there are.`);
  const runtime = new RuntimeClient();
  const tables: string[] = [];
  for (const workflow of workflows) tables.push((await tableOf(runtime, workflow)).join('\n'));
  say(tables.join('\n\n'));
  return 0;
}

/** As the owner sees it. */
async function tableOf(runtime: RuntimeClient, { id, team }: Workflow): Promise<readonly string[]> {
  const read = (what: string) => runtime.getAs(team.owner, `/api/workflows/${id}/${what}`);
  const [found, people] = await Promise.all([read('autonomy'), read('reviewers')]);
  const answer = AutonomyAnswer.safeParse(found.body);
  if (!answer.success) throw new Problem(`The autonomy of ${id} could not be read: ${problemIn(found)}`);
  const reviewers = ReviewersAnswer.safeParse(people.body);
  if (!reviewers.success) throw new Problem(`The reviewers of ${id} could not be read: ${problemIn(people)}`);
  return autonomyTable(answer.data, reviewers.data.items);
}

if (import.meta.main) await runCommand(autonomy);
