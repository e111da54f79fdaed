import * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { EvaluationId, EvaluationRun } from '../../shared/contracts/index.ts';
import type { EvaluationStore } from '../../shared/ports/index.ts';
import { dealExamples } from '../run/deal-examples.ts';
import { type Labelled, LabelledError } from '../run/labelled.ts';
import { type ScoredSet, setDigest } from '../run/scored-set.ts';
import { casesOf, type EvaluatePorts, EvaluationError, runOf } from './evaluate-ports.ts';

/** Examples that one call of the function runs; with Claude well below its time, with the learned model a second. */
const SLICE = 25;

/** What is to be run, fixed for all attempts of a run. */
export const EvaluationPlan = z.object({
  /** Of the cases and labels that are scored. */
  setDigest: z.string(),
  /** Of the training set, in order; `trainedOn` names those of a fold. */
  folds: z.array(z.object({ fold: z.int(), trainedOn: z.array(z.string()) })),
  slices: z.array(z.object({ slice: z.int(), fold: z.int().nullable(), ids: z.array(z.string()) })),
});
export type EvaluationPlan = z.infer<typeof EvaluationPlan>;

/** What the machine is told of it: no example, and nothing that grows with them but the number of slices. */
export interface Planned {
  /** Why it cannot be measured; null where it can. */
  readonly problem: string | null;
  readonly folds: readonly number[];
  readonly slices: readonly number[];
}

const PLAN = 'plan';

/** Lists what is to be run in small slices, each for one model that has not seen its examples. */
export async function planEvaluation(ports: EvaluatePorts, id: EvaluationId): Promise<Planned> {
  const { run, workflow } = await runOf(ports, id);
  try {
    await refuse(ports, run);
    const plan = (await planOf(ports.evaluations, id)) ?? (await newPlan(ports, run, workflow));
    return {
      problem: null,
      folds: plan.folds.map(({ fold }) => fold),
      slices: plan.slices.map(({ slice }) => slice),
    };
  } catch (error) {
    if (!(error instanceof EvaluationError || error instanceof LabelledError)) throw error;
    return { problem: error.message, folds: [], slices: [] };
  }
}

/** Null before it was made. */
export async function planOf(evaluations: EvaluationStore, id: EvaluationId): Promise<EvaluationPlan | null> {
  const kept = await evaluations.file(id, PLAN);
  return kept === null ? null : EvaluationPlan.parse(JSON.parse(Buffer.from(kept).toString('utf8')));
}

async function refuse({ versionsOf, reached }: EvaluatePorts, { wish, versions }: EvaluationRun): Promise<void> {
  const { workflow, code } = versionsOf(wish.workflow);
  if (workflow !== versions.workflow || code !== versions.code) {
    throw new EvaluationError('Another version was deployed since it was begun: begin a new one.');
  }
  const claude = wish.models.find((tier) => tier !== 'learned');
  if (claude === undefined) return;
  const isReached = reached.signer !== null || (await reached.secrets.anthropicApiKey()) !== null;
  if (!isReached) throw new EvaluationError(`The tier ${claude} asks Claude, and no key is configured.`);
  const missing = wish.models.find((tier) => tier !== 'learned' && reached.claudeModels[tier] === null);
  if (missing !== undefined) throw new EvaluationError(`No model is configured for the tier ${missing}.`);
}

/** Kept under its name by whoever is first; the same cases give the same plan. */
async function newPlan(ports: EvaluatePorts, run: EvaluationRun, workflow: Workflow): Promise<EvaluationPlan> {
  const { training, scored } = await casesOf(ports, run);
  const isFitted = scored.isOwn && run.wish.models.includes('learned');
  const plan = isFitted ? crossFitted(workflow, training, scored) : heldOut(scored);
  await ports.evaluations.keepFile(run.id, PLAN, Buffer.from(JSON.stringify(plan)));
  return plan;
}

/** A slice holds examples of one fold, so that it needs one model. Folds of which nothing is scored are not trained. */
function crossFitted(workflow: Workflow, training: readonly Labelled[], scored: ScoredSet): EvaluationPlan {
  const wanted = new Set(scored.examples.map(({ id }) => id));
  const folds = dealExamples(workflow, training)
    .map(({ fold, trainedOn, scores }) => ({
      fold,
      trainedOn: [...trainedOn],
      own: scores.filter((id) => wanted.has(id)),
    }))
    .filter(({ own }) => own.length > 0);
  const slices = folds.flatMap(({ fold, own }) => chunks(own).map((ids) => ({ fold, ids })));
  return {
    setDigest: setDigest(scored.examples),
    folds: folds.map(({ fold, trainedOn }) => ({ fold, trainedOn })),
    slices: slices.map((one, slice) => ({ slice, ...one })),
  };
}

function heldOut({ examples }: ScoredSet): EvaluationPlan {
  const slices = chunks(examples.map(({ id }) => id)).map((ids, slice) => ({ slice, fold: null, ids }));
  return { setDigest: setDigest(examples), folds: [], slices };
}

function chunks(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / SLICE) }, (_, at) => ids.slice(at * SLICE, (at + 1) * SLICE));
}
