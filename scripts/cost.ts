import { parseArgs } from 'node:util';
import * as z from 'zod';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { usageProblem } from './command/usage-problem.ts';
import { type CostedCase, type CostReport, costReport, MeteredCase } from './cost/cost-report.ts';
import { costTable } from './cost/cost-table.ts';
import { DecidedCase, tierUseOf } from './cost/tier-mix.ts';
import { problemIn, RuntimeClient } from './runtime/client.ts';

const USAGE = 'What a case costs on AWS:  npm run cost -- [workflow] [--cases N] [--a-day N] [--json]';
const MOST_CASES = 100;

/**
 * Prints what one case, N cases and a month of each workflow (or of one) cost on AWS, and which tier of models decides how
 * many of them, from the meter and the records of the running runtime.
 */
async function cost(args: readonly string[]): Promise<number> {
  const { workflow, isJson, ...volume } = parse(args);
  const reports = await costReports(new RuntimeClient(), workflow, volume);
  if (reports.length === 0) {
    const of = workflow === null ? '' : ` of ${workflow}`;
    throw new Problem(`No case${of} is closed yet: start one with npm run trigger, and answer what it asks.`);
  }
  if (isJson) console.log(JSON.stringify(reports, null, 2));
  else say(reports.map((one) => costTable(one).join('\n')).join('\n\n'));
  return 0;
}

/** One report for each workflow that has closed cases, of its newest ones. */
export async function costReports(
  runtime: RuntimeClient,
  workflow: string | null,
  volume: { readonly cases: number; readonly casesADay: number },
): Promise<readonly CostReport[]> {
  const filter = workflow === null ? '' : `&workflow=${encodeURIComponent(workflow)}`;
  const answer = await runtime.getAsOperator(`/api/cases?state=closed&limit=${MOST_CASES}${filter}`);
  const list = CaseList.safeParse(answer.body);
  if (!list.success) throw new Problem(`The cases could not be read: ${problemIn(answer)}`);
  const costed = await Promise.all(
    list.data.items.map(async (item) => ({ ...item, ...(await costOf(runtime, item)) })),
  );
  return [...Map.groupBy(costed, (one) => one.workflow)].map(([id, own]) => costReport(id, own, volume));
}

async function costOf(runtime: RuntimeClient, item: z.infer<typeof CaseItem>): Promise<CostedCase> {
  const answer = await runtime.get(`/_local/meter?caseId=${item.caseId}`);
  const meter = MeteredCase.safeParse(answer.body);
  if (!meter.success) throw new Problem(`The meter could not be read: ${problemIn(answer)}`);
  const whole = await runtime.getAsOperator(`/api/cases/${item.caseId}?ledger=true`);
  const decided = DecidedCase.safeParse(whole.body);
  if (!decided.success) throw new Problem(`The case could not be read: ${problemIn(whole)}`);
  return {
    ...{ caseId: item.caseId, modelUsd: item.usage.costUsd, meter: meter.data },
    use: tierUseOf(decided.data),
  };
}

const CaseItem = z.object({
  caseId: z.string(),
  workflow: z.string(),
  usage: z.object({ costUsd: z.number() }),
});

const CaseList = z.object({ items: z.array(CaseItem) });

interface Options {
  readonly workflow: string | null;
  readonly cases: number;
  readonly casesADay: number;
  readonly isJson: boolean;
}

function parse(args: readonly string[]): Options {
  try {
    const options = { cases: { type: 'string' }, 'a-day': { type: 'string' }, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const counts = { cases: Number(values.cases ?? '1000'), casesADay: Number(values['a-day'] ?? '1000') };
    if (Object.values(counts).some((count) => !Number.isInteger(count) || count < 1)) {
      throw new Error('--cases and --a-day take a whole number from 1');
    }
    return { workflow: positionals[0] ?? null, ...counts, isJson: values.json ?? false };
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

if (import.meta.main) await runCommand(cost);
