import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Report } from '../../evals/report/report.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { EvaluationId, EvaluationRun, OWN_EXAMPLES } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';
import { problemIn, RuntimeClient, type RuntimeResponse } from '../runtime/client.ts';
import { type EvalWanted, NOT_MEASURED } from './options.ts';
import { ProgressBar } from './progress-bar.ts';

/** What was measured on the stack, as it lies in the folder of the run. */
export interface StackReport {
  readonly report: Report;
  /** The page in the folder, and where the stack has it. */
  readonly page: string;
  readonly address: string;
  /** Of the workflow, as it runs there. */
  readonly version: string;
}

/** Longer than one look takes, and short enough to see that it goes on. */
const LOOK_EVERY_MS = 1_000;
/** Which evaluation lies in a folder, so that it can be gone on with. */
const KEPT = 'evaluation.json';

/**
 * Has the running Remit measure the version that it runs, waits for the end and fetches the report.
 * @throws Problem with exit code 2 where it was not measured, and why.
 */
export async function evaluateOnStack(
  workflow: Workflow,
  wanted: EvalWanted,
  runtime = new RuntimeClient(),
  lookEveryMs = LOOK_EVERY_MS,
): Promise<StackReport> {
  const { owner } = workflow.team;
  const started = Started.safeParse((await start(workflow, wanted, runtime)).body);
  if (!started.success) throw notMeasured('Remit answered what is no start of an evaluation.');
  const { evaluationId, examples } = started.data;
  mkdirSync(wanted.out, { recursive: true });
  writeFileSync(join(wanted.out, KEPT), `${JSON.stringify({ evaluationId })}\n`);
  const at = `/api/evaluations/${evaluationId}`;
  const run = await ended(at, { owner, examples, runtime, lookEveryMs });
  if (run.outcome === null || run.state !== 'measured') {
    const more = run.progress.done === 0 ? '' : ' --resume goes on with it.';
    throw notMeasured(`It was not measured: ${run.outcome?.problem ?? 'nobody knows why.'}${more}`);
  }
  const report = taken(await runtime.getAs(owner, `${at}?as=report`)) as Report;
  const html = taken(await runtime.getAs(owner, `${at}?as=page`));
  const page = join(wanted.out, 'report.html');
  writeFileSync(join(wanted.out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(page, String(html));
  return { report, page, address: at, version: run.versions.workflow };
}

const Started = z.object({ evaluationId: EvaluationId, examples: z.int() });
const Seen = EvaluationRun.extend({ progress: z.object({ done: z.int(), left: z.int() }) });
const Kept = z.object({ evaluationId: EvaluationId });

async function start(workflow: Workflow, wanted: EvalWanted, runtime: RuntimeClient): Promise<RuntimeResponse> {
  const { owner } = workflow.team;
  const { maxUsd, tiers: models, limit, volume } = wanted;
  const reason = 'Measured by npm run eval.';
  const answer = wanted.isResumed
    ? await runtime.postAs(owner, `/api/evaluations/${keptIn(wanted.out)}/attempts`, { maxUsd, reason })
    : await runtime.postAs(owner, '/api/evaluations', {
        ...{ workflow: workflow.id, set: setName(wanted.set), models, limit, maxUsd, volume, reason },
      });
  taken(answer);
  return answer;
}

/** A set is named as it was deployed, or by its file in the folder `sets` of the workflow. */
function setName(set: string | null): string {
  return set === null ? OWN_EXAMPLES : basename(set, '.jsonl');
}

function keptIn(out: string): string {
  const file = join(out, KEPT);
  const kept = existsSync(file) ? Kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  if (kept?.success === true) return kept.data.evaluationId;
  throw notMeasured(`There is no evaluation to go on with: ${file} names none.`);
}

interface Waiting {
  readonly owner: string;
  readonly examples: number;
  readonly runtime: RuntimeClient;
  readonly lookEveryMs: number;
}

async function ended(at: string, { owner, examples, runtime, lookEveryMs }: Waiting): Promise<z.infer<typeof Seen>> {
  const bar = new ProgressBar('stack');
  for (;;) {
    const run = Seen.parse(taken(await runtime.getAs(owner, at)));
    const { done, left } = run.progress;
    bar.draw(done, examples, left === 0 ? '' : `${left} left, the money is spent`);
    if (run.state !== 'running') {
      bar.end(`${done} cases in evaluation ${run.id}`);
      return run;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function taken(answer: RuntimeResponse): unknown {
  if (answer.status < 300) return answer.body;
  throw notMeasured(`It was not measured: ${problemIn(answer)}`);
}

function notMeasured(problem: string): Problem {
  return new Problem(problem, { exitCode: NOT_MEASURED });
}
