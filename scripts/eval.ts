import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { baselineOf } from '../evals/compare/baseline.ts';
import { compareRuns } from '../evals/compare/compare.ts';
import type { EarlierRun } from '../evals/compare/earlier.ts';
import { type GateVerdict, gateVerdict } from '../evals/compare/gate.ts';
import { evaluationPage } from '../evals/report/page.ts';
import { type Report, reportOf } from '../evals/report/report.ts';
import { itemByItem } from '../evals/run/item-by-item.ts';
import { type Labelled, LabelledError, parseLabelled } from '../evals/run/labelled.ts';
import { scoredSet, setPath } from '../evals/run/scored-set.ts';
import type { Workflow } from '../shared/authoring/index.ts';
import { OWN_EXAMPLES } from '../shared/contracts/index.ts';
import { loadWorkflows } from './build/load-workflows.ts';
import { Problem } from './command/problem.ts';
import { inProject } from './command/project.ts';
import { runCommand } from './command/run-command.ts';
import { say } from './command/say.ts';
import { checkReport } from './eval/check-report.ts';
import { earlierIn } from './eval/earlier.ts';
import { evaluate } from './eval/evaluate.ts';
import { evaluateOnStack, recordOnStack } from './eval/on-stack.ts';
import { type EvalWanted, evalOptions, NOT_MEASURED } from './eval/options.ts';
import { recordEvidence } from './eval/record-evidence.ts';
import { summaryLines } from './eval/summary.ts';
import { evaluateWhole } from './eval/whole.ts';

/** `npm run eval -- <workflow>`: measures a workflow, writes the report, and says by its exit code whether the gates pass. */
async function evalCommand(args: readonly string[]): Promise<number> {
  const wanted = evalOptions(args);
  const whole = await workflowOf(wanted.workflow);
  if (wanted.check !== null) return checkReport(whole, wanted.check);
  if (wanted.isWhole) return evaluateWhole(whole, wanted);
  const part = itemByItem(whole);
  if (part !== null && wanted.isRecorded) {
    const problem = `Only ${part.agent.title} of ${whole.id} is measured, which proves nothing of the whole: leave --record out.`;
    throw new Problem(problem, { exitCode: NOT_MEASURED });
  }
  if (wanted.isOnStack) return onStack(whole, wanted);
  const workflow = part?.workflow ?? whole;
  const earlier = wanted.against === null ? null : earlierIn(wanted.against);
  const { training, scored } = examplesOf(workflow, wanted);
  const { context, ...ran } = await evaluate(workflow, wanted, training, scored, part?.models);
  const against = earlier?.cases ?? null;
  const report = reportOf({ ...context, ...ran, workflow, volume: wanted.volume, against });
  const page = writeReport(wanted.out, report, evaluationPage(report));
  if (wanted.isRecorded) {
    const path = join(wanted.out, 'report.json');
    const { segments, reportDigest } = await recordEvidence(workflow, report, {
      path,
      text: readFileSync(path, 'utf8'),
    });
    tellRecorded(segments, `, on the report of digest ${reportDigest}`);
  }
  return told(report, page, wanted, earlier);
}

async function onStack(workflow: Workflow, wanted: EvalWanted): Promise<number> {
  const { report: alone, page: shown, address, earlier } = await evaluateOnStack(workflow, wanted);
  const report = earlier === null ? alone : { ...alone, comparison: compareRuns(earlier.cases, alone.cases) };
  const page = writeReport(wanted.out, report, earlier === null ? shown : evaluationPage(report));
  if (wanted.isRecorded) {
    const { segments, reportDigest } = await recordOnStack(workflow, address, wanted);
    tellRecorded(segments, reportDigest === null ? '' : `, on the report of digest ${reportDigest}`);
  }
  return told(report, page, wanted, earlier);
}

function tellRecorded(segments: readonly string[], onWhat = ''): void {
  const none = 'Nothing was put on record: no segment passes all its gates.';
  console.error(segments.length === 0 ? none : `Put on record for ${segments.join(', ')}${onWhat}.`);
}

/** @returns the exit code */
function told(report: Report, page: string, wanted: EvalWanted, earlier: EarlierRun | null): number {
  if (earlier !== null && report.comparison?.pairs === 0) {
    const problem = `No case of this run stands in ${wanted.against}, with the same label: there is nothing to compare.`;
    throw new Problem(problem, { exitCode: NOT_MEASURED });
  }
  if (wanted.baseline !== null) {
    mkdirSync(dirname(wanted.baseline), { recursive: true });
    writeFileSync(wanted.baseline, baselineOf(report));
  }
  const gate = wanted.isGate ? gateVerdict(report, earlier) : null;
  const lines = [...summaryLines(report, page), ...(gate === null ? [] : gateLines(gate))];
  if (wanted.isJson) console.log(JSON.stringify(report, null, 2));
  else say(lines.join('\n'));
  return (gate?.holds ?? report.passes) ? 0 : 1;
}

function gateLines({ holds, because }: GateVerdict): string[] {
  return ['', `Gate: ${holds ? 'open' : 'shut'}`, ...because.map((reason) => `  ${reason}`)];
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

/** @returns the page's path */
function writeReport(out: string, report: Report, html: string): string {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  const page = join(out, 'report.html');
  writeFileSync(page, html);
  return page;
}

if (import.meta.main) await runCommand(evalCommand);
