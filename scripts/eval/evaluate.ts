import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aboutOf, inOrder } from '../../evals/report/about.ts';
import type { About } from '../../evals/report/report.ts';
import { chosenModels, tiersProblem } from '../../evals/run/choose-models.ts';
import type { Labelled } from '../../evals/run/labelled.ts';
import { MoneyCap } from '../../evals/run/money-cap.ts';
import type { CaseResult } from '../../evals/run/result.ts';
import { runSet } from '../../evals/run/run-set.ts';
import { type ScoredSet, setDigest } from '../../evals/run/scored-set.ts';
import { TrackedClock } from '../../evals/run/tracked-clock.ts';
import type { FieldHint } from '../../evals/score/failures.ts';
import { hintsFrom } from '../../evals/score/hints.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import type { Assets, Models } from '../../shared/ports/index.ts';
import { digestOf } from '../build/digest.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';
import { CLAUDE_MODELS, claudeSettings } from './claude-settings.ts';
import { KeptResults } from './kept-results.ts';
import { crossFitted, type LearnedModels, wholeModel } from './learned-models.ts';
import { type EvalWanted, NOT_MEASURED } from './options.ts';
import { ProgressBar } from './progress-bar.ts';

export interface Evaluated {
  readonly about: About;
  readonly examples: readonly Labelled[];
  readonly results: readonly CaseResult[];
  readonly context: {
    readonly training: readonly Labelled[];
    readonly hints: Readonly<Record<string, FieldHint>>;
    readonly instructions: string;
  };
}

/**
 * Trains what has to be trained, runs the examples, and gathers what came of them.
 * @param asked how the models are asked, where that is not as they are
 */
export async function evaluate(
  workflow: Workflow,
  wanted: EvalWanted,
  training: readonly Labelled[],
  scored: ScoredSet,
  asked: (models: Models) => Models = (models) => models,
): Promise<Evaluated> {
  const startedAtMs = Date.now();
  const chosen = { ...claudeSettings(), tiers: wanted.tiers, claudeModels: CLAUDE_MODELS };
  const problem = tiersProblem(chosen);
  if (problem !== null) throw new Problem(problem, { exitCode: NOT_MEASURED });
  const learned = wanted.tiers.includes('learned') ? await learnedFor(workflow, training, scored) : NO_LEARNED;
  const version = treeVersion(workflow);
  const ofRun = [workflow.id, version, codeDigest(), wanted.tiers, setDigest(scored.examples)];
  const runId = sha256(JSON.stringify(ofRun)).slice(0, 16);
  const kept = new KeptResults(join(wanted.out, 'results.jsonl'), runId, wanted.isResumed);
  const clock = new TrackedClock();
  const models = new Map<number | null, Models>();
  const modelsOf = (fold: number | null): Models => {
    const known =
      models.get(fold) ?? asked(chosenModels(chosen, { clock, assets: assetsFor(workflow, learned.bytesOf(fold)) }));
    models.set(fold, known);
    return known;
  };
  const notRun = await scoreAll({ workflow, wanted, scored, kept, clock, modelsOf, foldOf: learned.foldOf, version });
  clock.stop();
  const results = inOrder(scored, kept.results);
  const about = aboutOf({
    ...{ workflow, version, scored, training: training.length, tiers: wanted.tiers, results, notRun },
    ...{ concurrency: wanted.concurrency, startedAtMs, endedAtMs: Date.now(), node: process.version },
  });
  const context = {
    training,
    hints: hintsFrom(learned.bytesOf(learned === NO_LEARNED ? null : firstFold(learned, scored))),
  };
  return { about, examples: scored.examples, results, context: { ...context, instructions: instructionsOf(workflow) } };
}

/** What names the version that a run on this machine measures. */
export function treeVersion({ id }: Pick<Workflow, 'id'>): string {
  return digestOf([`agents/${id}/**/*`, 'shared/models/learned/*.ts']).slice(0, 16);
}

const NO_LEARNED: LearnedModels = { foldOf: () => null, bytesOf: () => null };

async function learnedFor(
  workflow: Workflow,
  training: readonly Labelled[],
  scored: ScoredSet,
): Promise<LearnedModels> {
  if (training.length === 0) return NO_LEARNED;
  const bar = new ProgressBar('train');
  const models = scored.isOwn
    ? await crossFitted(workflow, training, (done, all) => bar.draw(done, all, 'folds'))
    : await wholeModel(workflow, training);
  bar.end(scored.isOwn ? 'five models, each without the fifth that it scores' : `on ${training.length} examples`);
  return models;
}

interface Scoring {
  readonly workflow: Workflow;
  readonly wanted: EvalWanted;
  readonly scored: ScoredSet;
  readonly kept: KeptResults;
  readonly clock: TrackedClock;
  readonly modelsOf: (fold: number | null) => Models;
  readonly foldOf: LearnedModels['foldOf'];
  readonly version: string;
}

async function scoreAll({ workflow, wanted, scored, kept, clock, modelsOf, foldOf, version }: Scoring) {
  const done = new Set(kept.results.map(({ id }) => id));
  const spentUsd = kept.results.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const bar = new ProgressBar('score');
  const all = scored.examples.length;
  bar.draw(done.size, all);
  const notRun = await runSet({
    ...{ workflow, clock, modelsOf, foldOf, concurrency: wanted.concurrency },
    versions: { workflow: version, code: codeDigest() },
    examples: scored.examples.filter(({ id }) => !done.has(id)),
    money: new MoneyCap(wanted.maxUsd, spentUsd),
    onResult: (result) => {
      kept.add(result);
      const right = kept.results.filter(({ isRight }) => isRight).length;
      bar.draw(kept.results.length, all, `${Math.round((right / kept.results.length) * 100)} % right`);
    },
  });
  bar.end(`${kept.results.length} cases${done.size === 0 ? '' : `, ${done.size} of them from before`}`);
  return notRun;
}

/** What judges: a run under other code is another run. */
function codeDigest(): string {
  return digestOf(['shared/{authoring,contracts,domain,models,operations}/**/*.ts', 'evals/run/*.ts']).slice(0, 16);
}

function assetsFor(workflow: Workflow, learned: Uint8Array | null): Assets {
  return {
    async read(path) {
      if (path === `agents/${workflow.id}/learned.bin`) return learned;
      return existsSync(inProject(path)) ? readFileSync(inProject(path)) : null;
    },
  };
}

function instructionsOf({ id, agents }: Workflow): string {
  return agents
    .map(({ instructions }) => inProject('agents', id, instructions))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n\n');
}

function firstFold({ foldOf }: LearnedModels, { examples }: ScoredSet): number | null {
  return foldOf(examples[0]?.id ?? '');
}
