import type { CaseId } from '../shared/contracts/index.ts';
import { Problem } from './command/problem.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { caseReport } from './report/case-report.ts';
import { caseIdFrom, fetchCase, fetchCaseStory } from './runtime/case-story.ts';
import { RuntimeClient } from './runtime/client.ts';
import { newestCases } from './runtime/newest-cases.ts';

/** `npm run case -- <id>`: the whole story of a case; with --json as it is stored. Without an id, the newest cases. */
async function printCase(args: readonly string[]): Promise<number> {
  if (args.length === 0) {
    say((await newestCases(new RuntimeClient())).join('\n'));
    return 0;
  }
  const caseId = caseIdFrom(args, 'case');
  const runtime = new RuntimeClient();
  const isJson = args.includes('--json');
  const lines = isJson ? await asJson(runtime, caseId) : await asStory(runtime, caseId);
  if (lines === null) throw new Problem(`There is no case ${caseId} at ${runtime.address.url}.`);
  if (isJson) console.log(lines);
  else say(lines);
  return 0;
}

async function asJson(runtime: RuntimeClient, caseId: CaseId): Promise<string | null> {
  const body = await fetchCase(runtime, caseId);
  return body === null ? null : JSON.stringify(body, null, 2);
}

async function asStory(runtime: RuntimeClient, caseId: CaseId): Promise<string | null> {
  const story = await fetchCaseStory(runtime, caseId);
  return story === null ? null : caseReport(story).join('\n');
}

if (import.meta.main) await runCommand(printCase);
