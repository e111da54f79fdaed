import { parseArgs } from 'node:util';
import * as z from 'zod';
import { findWorkflow, workflows } from '../agents/index.ts';
import { deployedVersions } from '../infra/versions.ts';
import { PersonRequest } from '../shared/contracts/index.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { usageProblem } from './command/usage-problem.ts';
import { type WaitingVerdict, waitingVerdict } from './predeploy/waiting-verdict.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';

const USAGE = 'Questions that wait, and what a deploy of this tree means for them:  npm run predeploy -- [--json]';

/** Lists the open questions that a deploy of this tree would touch. Exit code 1 where one would be stranded. */
async function predeploy(args: readonly string[]): Promise<number> {
  const isJson = parse(args);
  const versions = deployedVersions(workflows.map(({ id }) => id)).workflows;
  const open = await openRequests(new RuntimeClient());
  const verdicts = open.map((request) =>
    waitingVerdict(request, findWorkflow(request.workflow), versions[request.workflow] ?? ''),
  );
  if (isJson) console.log(JSON.stringify(verdicts, null, 2));
  else say(report(verdicts).join('\n'));
  return verdicts.some(({ fate }) => fate === 'stranded') ? 1 : 0;
}

function report(verdicts: readonly WaitingVerdict[]): string[] {
  const touched = verdicts.filter(({ fate }) => fate !== 'unchanged');
  const count = (fate: WaitingVerdict['fate']) => verdicts.filter((one) => one.fate === fate).length;
  return [
    ...touched.flatMap(({ fate, question, caseId, deadlineMs, because }) => [
      `${fate.padEnd(9)} ${question}`,
      `          case ${caseId}, to be answered by ${new Date(deadlineMs).toISOString()}`,
      ...because.map((text) => `          ${text}`),
    ]),
    `${verdicts.length} wait: ${count('unchanged')} unchanged, ${count('pinned')} end on the version they began with, ${count('stranded')} stranded.`,
  ];
}

async function openRequests(runtime: RuntimeClient): Promise<PersonRequest[]> {
  const found: PersonRequest[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await runtime.getAsOperator(`/api/requests?limit=100${after}`);
    const page = RequestPage.safeParse(answer.body);
    if (!page.success) throw new Problem(`The open questions could not be read: ${problemIn(answer)}`);
    found.push(...page.data.items);
    cursor = page.data.cursor;
  } while (cursor !== null);
  return found;
}

const RequestPage = z.object({ items: z.array(PersonRequest), cursor: z.string().nullable() });

function parse(args: readonly string[]): boolean {
  try {
    return parseArgs({ args: [...args], options: { json: { type: 'boolean' } } }).values.json ?? false;
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

if (import.meta.main) await runCommand(predeploy);
