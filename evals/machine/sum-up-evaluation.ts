import type { Workflow } from '../../shared/authoring/index.ts';
import type { EvaluationId, EvaluationOutcome, EvaluationRun, JsonObject } from '../../shared/contracts/index.ts';
import { aboutOf, inOrder } from '../report/about.ts';
import { type Report, reportOf, type WorstCase } from '../report/report.ts';
import type { Labelled } from '../run/labelled.ts';
import type { CaseResult } from '../run/result.ts';
import { hintsFrom } from '../score/hints.ts';
import { casesOf, type EvaluatePorts, runOf } from './evaluate-ports.ts';
import { type EvaluationPlan, planOf } from './plan-evaluation.ts';
import { concurrencyOf } from './run-slice.ts';
import { keepReport } from './stored-report.ts';
import { aboutWhom, parseRow } from './stored-rows.ts';
import { modelFile } from './train-fold.ts';

/** What the machine ends with. */
export interface Summed extends EvaluationOutcome {
  readonly evaluationId: EvaluationId;
  /** Where a member of the team reads on, below the address of the API; null where there is no report. */
  readonly report: { readonly page: string; readonly json: string } | null;
}

/**
 * Makes the report of all that was run, or says that it was not measured and why: of an evaluation of which anything is
 * missing there are no figures. What was left because the money was spent is missing by intent, and told in the report.
 */
export async function sumUpEvaluation(
  ports: EvaluatePorts,
  { id, attempt, problem }: { readonly id: EvaluationId; readonly attempt: number; readonly problem: string | null },
): Promise<Summed> {
  const { evaluations, clock } = ports;
  const { run, workflow } = await runOf(ports, id);
  const plan = await planOf(evaluations, id);
  const gathered = plan === null ? null : await gather(ports, id, plan);
  const missing = gathered === null ? (problem ?? 'It was never planned.') : missingWords(gathered, problem);
  const endedAtMs = clock.nowMs();
  const outcome: EvaluationOutcome =
    plan === null || gathered === null || missing !== null
      ? { state: 'not-measured', passes: false, problem: missing, figures: null, reportDigest: null, endedAtMs }
      : await measured(ports, { run, workflow, plan, gathered, endedAtMs });
  await evaluations.end(id, attempt, outcome);
  const at = `/api/evaluations/${id}`;
  const report = outcome.state === 'measured' ? { page: `${at}?as=page`, json: `${at}?as=report` } : null;
  return { evaluationId: id, ...outcome, report };
}

interface Gathered {
  readonly results: readonly CaseResult[];
  /** Texts of the rows, by example. */
  readonly rows: ReadonlyMap<string, string>;
  /** Not run, because the money was spent. */
  readonly left: readonly string[];
  readonly missing: readonly string[];
  readonly all: number;
}

async function gather({ evaluations }: EvaluatePorts, id: EvaluationId, plan: EvaluationPlan): Promise<Gathered> {
  const kept = await evaluations.results(id);
  const ends = await evaluations.sliceEnds(id);
  const results = kept.map(({ text }) => parseRow(text).result);
  const rows = new Map(kept.map(({ example, text }) => [example, text]));
  const done = new Set(results.map((result) => result.id));
  const said = new Set(ends.flatMap((end) => end.left));
  const ids = plan.slices.flatMap((slice) => slice.ids);
  const open = ids.filter((one) => !done.has(one));
  const left = open.filter((one) => said.has(one));
  return { results, rows, left, missing: open.filter((one) => !said.has(one)), all: ids.length };
}

function missingWords({ missing, all }: Gathered, problem: string | null): string | null {
  if (missing.length === 0) return null;
  const why = problem ?? 'Some slices failed.';
  return `${why} ${missing.length} of ${all} examples have no result; what there is of the others is kept.`;
}

interface Measured {
  readonly run: EvaluationRun;
  readonly workflow: Workflow;
  readonly plan: EvaluationPlan;
  readonly gathered: Gathered;
  readonly endedAtMs: number;
}

async function measured(ports: EvaluatePorts, of: Measured): Promise<EvaluationOutcome> {
  const { run, workflow, plan, gathered, endedAtMs } = of;
  const { evaluations } = ports;
  const { training, scored } = await casesOf(ports, run);
  const results = inOrder(scored, gathered.results);
  const { startedAtMs, wish, versions, id, attempt } = run;
  const about = aboutOf({
    ...{ workflow, version: versions.workflow, scored, training: training.length, tiers: wish.models, results },
    ...{ notRun: gathered.left, concurrency: concurrencyOf(run), startedAtMs, endedAtMs, node: process.version },
  });
  const hints = hintsFrom(await firstModel(ports, run, plan, scored.examples[0]?.id));
  const rest = { training, hints, volume: wish.volume, against: null, examples: scored.examples };
  const instructions = await instructionsOf(ports, workflow);
  const report = reportOf({ about, workflow, results, instructions, ...rest });
  const sights = await keepSights(ports, { run, workflow, worst: report.worst, examples: scored.examples });
  const reportDigest = await keepReport(evaluations, { id, attempt }, report, { rows: gathered.rows, sights });
  return {
    ...{ state: 'measured', passes: report.passes, problem: null, figures: figuresIn(report) },
    ...{ reportDigest, endedAtMs },
  };
}

interface Sights {
  readonly run: EvaluationRun;
  readonly workflow: Workflow;
  readonly worst: readonly WorstCase[];
  readonly examples: readonly Labelled[];
}

/** What the agent saw of the worst, each by itself. What an earlier try of this step kept is what counts. */
async function keepSights(
  { evaluations, newSalt }: EvaluatePorts,
  { run: { id, attempt }, workflow, worst, examples }: Sights,
): Promise<ReadonlyMap<string, string>> {
  for (const { result, input, sources, note } of worst) {
    const example = examples.find((one) => one.id === result.id);
    const about = example === undefined ? [] : aboutWhom(workflow, example);
    const text = JSON.stringify({ salt: newSalt(), about, input, sources, note });
    await evaluations.keepSight(id, { attempt, example: result.id, text });
  }
  return new Map((await evaluations.sights(id, attempt)).map(({ example, text }) => [example, text]));
}

/** The model that scored the first example; what its training says stands for all of them. */
async function firstModel(
  { evaluations, assets }: EvaluatePorts,
  { id, wish }: EvaluationRun,
  { slices }: EvaluationPlan,
  first: string | undefined,
): Promise<Uint8Array | null> {
  if (!wish.models.includes('learned')) return null;
  const fold = slices.find(({ ids }) => first !== undefined && ids.includes(first))?.fold ?? null;
  return fold === null ? assets.read(`agents/${wish.workflow}/learned.bin`) : evaluations.file(id, modelFile(fold));
}

async function instructionsOf({ assets }: EvaluatePorts, { id, agents }: Workflow): Promise<string> {
  const texts = await Promise.all(agents.map(({ instructions }) => assets.read(`agents/${id}/${instructions}`)));
  return texts.flatMap((text) => (text === null ? [] : [Buffer.from(text).toString('utf8')])).join('\n\n');
}

/** What is told without opening the report. */
function figuresIn({ gates, figures, cost, about }: Report): JsonObject {
  const { right, rightAlone, alone, errors } = figures;
  const shares = Object.entries({ right, rightAlone, alone, errors }).map(([name, share]) => [name, { ...share }]);
  return {
    ...{ examples: about.examples, notRun: about.notRun.length, setDigest: about.setDigest },
    gates: gates.map(({ id, passes, because }) => ({ id, passes, because })),
    ...Object.fromEntries(shares),
    ...{ perDecisionUsd: cost.perDecisionUsd, perMonthUsd: cost.perMonthUsd },
  };
}
