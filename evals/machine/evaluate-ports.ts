import type { Workflow } from '../../shared/authoring/index.ts';
import type { EvaluationId, EvaluationRun, Versions } from '../../shared/contracts/index.ts';
import type { Assets, Clock, EvaluationStore, Models, Telemetry } from '../../shared/ports/index.ts';
import type { ReachedModels } from '../run/choose-models.ts';
import { itemByItem } from '../run/item-by-item.ts';
import { type Labelled, parseLabelled } from '../run/labelled.ts';
import { type ScoredSet, scoredSet, setPath } from '../run/scored-set.ts';

/** What the steps of an evaluation reach: models and what it makes itself, and nothing that acts. */
export interface EvaluatePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly versionsOf: (workflow: string) => Versions;
  readonly evaluations: EvaluationStore;
  /** Labelled sets, instructions and learned models, as they were deployed. */
  readonly assets: Assets;
  readonly reached: Omit<ReachedModels, 'tiers'>;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Something that nobody can guess. */
  readonly newSalt: () => string;
}

/** What is measured in a run: a workflow whole, or the one agent of it that judges item by item. */
export interface Measured {
  readonly run: EvaluationRun;
  readonly workflow: Workflow;
  /** How its models are asked. */
  readonly asked: (models: Models) => Models;
}

/** It cannot be measured, for a reason that a person can mend. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

/** The run of a step. @throws EvaluationError where there is none, or not any more. */
export async function runOf({ evaluations, findWorkflow }: EvaluatePorts, id: EvaluationId): Promise<Measured> {
  const run = await evaluations.get(id);
  const whole = run === null ? null : findWorkflow(run.wish.workflow);
  if (run === null || whole === null) throw new EvaluationError(`There is no evaluation ${id} of a workflow here.`);
  const part = itemByItem(whole);
  return { run, workflow: part?.workflow ?? whole, asked: part?.models ?? ((models) => models) };
}

/** The labelled cases of a run. @throws EvaluationError or LabelledError where they cannot be used. */
export async function casesOf(
  { assets }: EvaluatePorts,
  { wish }: EvaluationRun,
): Promise<{ readonly training: readonly Labelled[]; readonly scored: ScoredSet }> {
  const { workflow, set, limit, models } = wish;
  const own = setPath(workflow, 'examples');
  const name = setPath(workflow, set);
  const training = (await labelled(assets, own)) ?? [];
  const given = name === own ? null : await labelled(assets, name);
  if (given === null && name !== own) throw new EvaluationError(`The set ${set} was not deployed with ${workflow}.`);
  const scored = scoredSet({ name, training, set: given, isLearning: models.includes('learned'), limit });
  if (scored.examples.length > 0) return { training, scored };
  throw new EvaluationError(
    scored.seen.length > 0
      ? `Every case of ${set} is one that the learned model was trained on.`
      : `${workflow} has no labelled examples.`,
  );
}

async function labelled(assets: Assets, path: string): Promise<Labelled[] | null> {
  const bytes = await assets.read(path);
  return bytes === null ? null : parseLabelled(path, Buffer.from(bytes).toString('utf8'));
}
