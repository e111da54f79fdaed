import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { EarlierRun } from '../../evals/compare/earlier.ts';
import { REPORT_FORMAT, type Report } from '../../evals/report/report.ts';
import { parseLabelled } from '../../evals/run/labelled.ts';
import { setDigest, setPath } from '../../evals/run/scored-set.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { EvaluationId, EvaluationRun, OWN_EXAMPLES } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';
import { AwayProblem, problemIn, RuntimeClient, type RuntimeResponse, SignInProblem } from '../runtime/client.ts';
import { stackAddress } from '../runtime/stack-address.ts';
import { earlierIn } from './earlier.ts';
import { type EvalWanted, NOT_MEASURED } from './options.ts';
import { ProgressBar } from './progress-bar.ts';

/** What was measured on the stack. */
export interface StackReport {
  readonly report: Report;
  /** As the stack shows it. */
  readonly page: string;
  /** Where the stack has it. */
  readonly address: string;
  /** What it was held against; null for nothing. */
  readonly earlier: EarlierRun | null;
}

export interface OnStack {
  readonly runtime?: RuntimeClient;
  /** Between two looks: longer than one takes, and short enough to see that it goes on. */
  readonly lookEveryMs?: number;
}

/** Which evaluation lies in a folder, so that it can be gone on with. */
const KEPT = 'evaluation.json';

/**
 * Has a running Remit measure the version that it runs, waits for the end and fetches the report.
 * @throws Problem with exit code 2 where it was not measured, and why.
 */
export async function evaluateOnStack(
  workflow: Workflow,
  wanted: EvalWanted,
  { runtime = new RuntimeClient(stackAddress({ url: wanted.url })), lookEveryMs = 1_000 }: OnStack = {},
): Promise<StackReport> {
  return notMeasuredUnless(async () => {
    const stack = { runtime, owner: workflow.team.owner };
    const earlier = wanted.against === null ? null : await earlierOnStack(stack, workflow, wanted.against);
    const id = wanted.isResumed ? await goOn(stack, wanted) : await start(stack, workflow, wanted);
    const run = await ended(stack, id, lookEveryMs);
    if (run.outcome === null || run.state !== 'measured') {
      const more = run.progress.done === 0 ? '' : ' --resume goes on with it.';
      throw new Problem(`It was not measured: ${run.outcome?.problem ?? 'nobody knows why.'}${more}`);
    }
    const address = `/api/evaluations/${id}`;
    const report = reportIn(await runtime.getAs(stack.owner, `${address}?as=report`));
    const page = String(taken(await runtime.getAs(stack.owner, `${address}?as=page`)));
    return { report, page, address, earlier };
  });
}

/** Has the stack put on record what it measured itself. @returns the segments, and the digest of the report they rest on. */
export async function recordOnStack(
  { team }: Workflow,
  address: string,
  wanted: EvalWanted,
  { runtime = new RuntimeClient(stackAddress({ url: wanted.url })) }: OnStack = {},
): Promise<z.infer<typeof Recorded>> {
  return notMeasuredUnless(async () => {
    const answer = await runtime.postAs(team.owner, `${address}/evidence`, { reason: 'Measured by npm run eval.' });
    return Recorded.parse(taken(answer));
  });
}

const Recorded = z.object({ segments: z.array(z.string()), reportDigest: z.string().nullable() });
const Started = z.object({ evaluationId: EvaluationId });
const Seen = EvaluationRun.extend({ progress: z.object({ done: z.int(), left: z.int() }) });
type Seen = z.infer<typeof Seen>;
const Kept = z.object({ evaluationId: EvaluationId });

interface Stack {
  readonly runtime: RuntimeClient;
  readonly owner: string;
}

async function start({ runtime, owner }: Stack, workflow: Workflow, wanted: EvalWanted): Promise<EvaluationId> {
  const { maxUsd, tiers: models, limit, volume, out } = wanted;
  const set = wanted.set === null ? OWN_EXAMPLES : basename(wanted.set, '.jsonl');
  const wish = { workflow: workflow.id, set, models, limit, maxUsd, volume };
  const body = { ...wish, setDigest: digestHere(workflow.id, set), reason: 'Measured by npm run eval.' };
  const answer = await runtime.postAs(owner, '/api/evaluations', body);
  const known = keptIn(out);
  if (answer.status === 409 && known !== null && problemIn(answer).includes(known)) {
    throw new Problem(`${problemIn(answer)} It is the one of ${out}: --resume follows it.`);
  }
  const { evaluationId } = Started.parse(taken(answer));
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, KEPT), `${JSON.stringify({ evaluationId, at: runtime.address.url })}\n`);
  return evaluationId;
}

/** Of the set as this checkout has it; null for one that is on the stack alone. */
function digestHere(workflow: string, set: string): string | null {
  const path = setPath(workflow, set);
  if (!existsSync(inProject(path))) return null;
  return setDigest(parseLabelled(path, readFileSync(inProject(path), 'utf8')));
}

/** One that runs is followed; one that broke off, or whose money was spent, is begun again where it stopped. */
async function goOn(stack: Stack, { out, maxUsd }: EvalWanted): Promise<EvaluationId> {
  const id = keptIn(out);
  if (id === null) throw new Problem(`There is no evaluation to go on with: ${join(out, KEPT)} names none.`);
  const { state, progress } = await look(stack, id);
  if (state === 'running' || (state === 'measured' && progress.left === 0)) return id;
  const body = { maxUsd, reason: 'Measured by npm run eval.' };
  taken(await stack.runtime.postAs(stack.owner, `/api/evaluations/${id}/attempts`, body));
  return id;
}

function keptIn(out: string): EvaluationId | null {
  const file = join(out, KEPT);
  const kept = existsSync(file) ? Kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  return kept?.success === true ? kept.data.evaluationId : null;
}

async function ended(stack: Stack, id: EvaluationId, lookEveryMs: number): Promise<Seen> {
  const bar = new ProgressBar('stack');
  for (let away = 0; ; ) {
    const run = await look(stack, id).catch((error: unknown) => {
      // It goes on there, whether it is seen from here or not.
      if (error instanceof AwayProblem && away < MOST_AWAY) return null;
      throw stillThere(error, id);
    });
    away = run === null ? away + 1 : 0;
    if (run !== null) {
      const { done, left } = run.progress;
      bar.draw(done, Math.max(done + left, run.wish.limit ?? 0), left === 0 ? '' : `${left} left, the money is spent`);
      if (run.state !== 'running') {
        bar.end(`${done} cases in evaluation ${id}`);
        return run;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Looks in a row that may find nobody. */
const MOST_AWAY = 10;

function stillThere(error: unknown, id: EvaluationId): unknown {
  if (!(error instanceof AwayProblem || error instanceof SignInProblem)) return error;
  return new Problem(`${error.message} Evaluation ${id} goes on there; --resume follows it.`, { cause: error });
}

async function look({ runtime, owner }: Stack, id: EvaluationId): Promise<Seen> {
  const answer = await runtime.getAs(owner, `/api/evaluations/${id}`);
  if (answer.status === 404 && !isOlder(answer)) {
    const where = runtime.address.url;
    throw new Problem(
      `Evaluation ${id} is not at ${where}, or not any more: it ran at another Remit, or its time is over. Begin a new one.`,
    );
  }
  return understood(Seen, taken(answer));
}

const List = z.object({ items: z.array(EvaluationRun) });

/** An earlier report or baseline on this machine, an evaluation of the stack, or the newest that measured a version there. */
async function earlierOnStack({ runtime, owner }: Stack, { id }: Workflow, against: string): Promise<EarlierRun> {
  if (existsSync(against)) return earlierIn(against);
  const { items } = understood(List, taken(await runtime.getAs(owner, `/api/evaluations?workflow=${id}`)));
  const found = items.find(
    (run) => run.state === 'measured' && (run.id === against || run.versions.workflow.startsWith(against)),
  );
  if (found === undefined) {
    const known = [...new Set(items.flatMap(({ state, versions }) => (state === 'measured' ? versions.workflow : [])))];
    const those = known.length === 0 ? 'none was' : `these were: ${known.join(', ')}`;
    throw new Problem(`${against} is no report here, and no version of ${id} that was measured there (${those}).`);
  }
  return reportIn(await runtime.getAs(owner, `/api/evaluations/${found.id}?as=report`));
}

function reportIn(answer: RuntimeResponse): Report {
  const report = taken(answer) as Report;
  if (report.format !== REPORT_FORMAT) throw new Problem(OLDER);
  return report;
}

const OLDER =
  'The Remit there is older than this checkout, and answers in another form: deploy this checkout, or check out what is deployed.';

/** API Gateway's own word for a path that it does not have; and what a body is refused with that holds something new. */
function isOlder({ status, body }: RuntimeResponse): boolean {
  const said = JSON.stringify(body);
  return (status === 404 && said.includes('"Not Found"')) || (status === 400 && said.includes('setDigest'));
}

function understood<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Problem(OLDER, { cause: parsed.error });
  return parsed.data;
}

function taken(answer: RuntimeResponse): unknown {
  if (answer.status < 300) return answer.body;
  throw new Problem(isOlder(answer) ? OLDER : `It was not measured: ${problemIn(answer)}`);
}

/** Whatever goes wrong here, no figure was shown. */
async function notMeasuredUnless<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) throw new Problem(error.message, { cause: error, exitCode: NOT_MEASURED });
    throw error;
  }
}
