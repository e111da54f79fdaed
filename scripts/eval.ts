import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { evaluationPage } from '../evals/report/page.ts';
import { type Report, reportOf } from '../evals/report/report.ts';
import { itemByItem } from '../evals/run/item-by-item.ts';
import { type Labelled, LabelledError, parseLabelled } from '../evals/run/labelled.ts';
import { CaseResult } from '../evals/run/result.ts';
import { scoredSet, setPath } from '../evals/run/scored-set.ts';
import type { Workflow } from '../shared/authoring/index.ts';
import { OWN_EXAMPLES } from '../shared/contracts/index.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { Problem } from './command/problem.ts';
import { inProject } from './command/project.ts';
import { runCommand } from './command/run-command.ts';
import { evaluate } from './eval/evaluate.ts';
import { evaluateOnStack } from './eval/on-stack.ts';
import { type EvalWanted, evalOptions, NOT_MEASURED } from './eval/options.ts';
import { recordEvidence } from './eval/record-evidence.ts';
import { summaryLines } from './eval/summary.ts';

/** `npm run eval -- <workflow>`: measures a workflow, writes the report, and says by its exit code whether the gates pass. */
async function evalCommand(args: readonly string[]): Promise<number> {
  const wanted = evalOptions(args);
  const whole = await workflowOf(wanted.workflow);
  const part = itemByItem(whole);
  if (wanted.isOnStack) {
    const problem = `${whole.id} is measured item by item, which the state machine does not do: leave --on-stack out.`;
    if (part !== null) throw new Problem(problem, { exitCode: NOT_MEASURED });
    return onStack(whole, wanted);
  }
  if (part !== null && wanted.isRecorded) {
    const problem = `Only ${part.agent.title} of ${whole.id} is measured, which proves nothing of the whole: leave --record out.`;
    throw new Problem(problem, { exitCode: NOT_MEASURED });
  }
  const workflow = part?.workflow ?? whole;
  const against = wanted.against === null ? null : resultsIn(wanted.against);
  const { training, scored } = examplesOf(workflow, wanted);
  const { context, ...ran } = await evaluate(workflow, wanted, training, scored, part?.models);
  const report = reportOf({ ...context, ...ran, workflow, volume: wanted.volume, against });
  const page = writeReport(wanted.out, report, context.instructions);
  if (wanted.isRecorded) tellRecorded(await recordEvidence(workflow, report, page));
  return told(report, page, wanted);
}

async function onStack(workflow: Workflow, wanted: EvalWanted): Promise<number> {
  const { report, page, address, version } = await evaluateOnStack(workflow, wanted);
  if (wanted.isRecorded) tellRecorded(await recordEvidence(workflow, report, address, { measured: version }));
  return told(report, page, wanted);
}

function tellRecorded(segments: readonly string[]): void {
  const none = 'Nothing was put on record: no segment passes all its gates.';
  console.error(segments.length === 0 ? none : `Put on record for ${segments.join(', ')}.`);
}

/** @returns the exit code */
function told(report: Report, page: string, { isJson }: EvalWanted): number {
  console.log(isJson ? JSON.stringify(report, null, 2) : summaryLines(report, page).join('\n'));
  return report.passes ? 0 : 1;
}

async function workflowOf(id: string): Promise<Workflow> {
  const found = (await loadWorkflows()).find((workflow) => workflow.id === id);
  if (found !== undefined) return found;
  throw new Problem(`There is no workflow ${id}: agents/index.ts lists those that there are.`, {
    exitCode: NOT_MEASURED,
  });
}

/** What the models learn from, and what they are scored on. */
function examplesOf(workflow: Workflow, { set, limit, tiers }: EvalWanted) {
  const own = setPath(workflow.id, OWN_EXAMPLES);
  const training = existsSync(inProject(own)) ? read(own, inProject(own)) : [];
  const given = set === null ? null : read(set, set);
  if (given === null && training.length === 0) {
    throw new Problem(`${own} is not there: name a file by --set.`, { exitCode: NOT_MEASURED });
  }
  const isLearning = tiers.includes('learned');
  const scored = scoredSet({ name: set ?? own, training, set: given, isLearning, limit });
  if (scored.examples.length === 0) {
    const problem = `Every case of ${set} is one that the learned model was trained on; leave --set out for cross-fitting.`;
    throw new Problem(problem, { exitCode: NOT_MEASURED });
  }
  return { training, scored };
}

function read(name: string, path: string): Labelled[] {
  try {
    return parseLabelled(name, readFileSync(path, 'utf8'));
  } catch (error) {
    const known =
      error instanceof LabelledError ? error.message : `${name} cannot be read: ${(error as Error).message}`;
    throw new Problem(known, { cause: error, exitCode: NOT_MEASURED });
  }
}

const Earlier = z.object({ cases: z.array(CaseResult) });

function resultsIn(path: string): readonly CaseResult[] {
  try {
    return Earlier.parse(JSON.parse(readFileSync(path, 'utf8'))).cases;
  } catch (error) {
    throw new Problem(`${path} is no report of an evaluation: name its report.json.`, {
      cause: error,
      exitCode: NOT_MEASURED,
    });
  }
}

/** @returns the page's path */
function writeReport(out: string, report: Report, instructions: string): string {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  const page = join(out, 'report.html');
  writeFileSync(page, evaluationPage(report, instructions));
  return page;
}

if (import.meta.main) await runCommand(evalCommand);
