import * as z from 'zod';
import { findWorkflow } from '../../agents/index.ts';
import { JsonObject } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';
import { table } from '../report/table.ts';
import { instant } from '../report/words.ts';
import { problemIn, type RuntimeClient } from './client.ts';

const MOST = 20;
const LONGEST_SUBJECT = 48;

const Listed = z.object({
  caseId: z.string(),
  workflow: z.string(),
  state: z.string(),
  input: z.unknown(),
  openedAtMs: z.number(),
});
export type Listed = z.infer<typeof Listed>;
const CaseList = z.object({ items: z.array(Listed) });

/** Lines with the newest cases of all workflows, newest first, and how to go on. */
export async function newestCases(runtime: RuntimeClient): Promise<readonly string[]> {
  const answer = await runtime.getAsOperator(`/api/cases?limit=${MOST}`);
  const list = CaseList.safeParse(answer.body);
  if (!list.success) throw new Problem(`The cases could not be read: ${problemIn(answer)}`);
  return caseLines(list.data.items, subjectOf);
}

/** @param subject of whom or what a case is, as people are told it; empty where that cannot be said */
export function caseLines(cases: readonly Listed[], subject: (one: Listed) => string): readonly string[] {
  if (cases.length === 0) return ['There is no case yet: npm run trigger starts one.'];
  const rows = cases.map((one) => [
    one.caseId,
    instant(one.openedAtMs),
    one.workflow,
    one.state,
    shortened(subject(one)),
  ]);
  return [...table(['case', 'opened', 'workflow', 'state', 'about'], rows), '', 'npm run case -- <case> tells one.'];
}

function subjectOf({ workflow, input }: Listed): string {
  const known = findWorkflow(workflow);
  const parsed = known?.input.safeParse(input);
  return known === null || parsed?.success !== true ? '' : known.subject(JsonObject.parse(parsed.data));
}

function shortened(text: string): string {
  return text.length <= LONGEST_SUBJECT ? text : `${text.slice(0, LONGEST_SUBJECT - 1)}…`;
}
