import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { dealExamples, taught } from '../../evals/run/deal-examples.ts';
import type { Labelled } from '../../evals/run/labelled.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { digestOf } from '../build/digest.ts';
import { inCache } from '../command/project.ts';

/** Which learned model scores which example, so that none is scored by one that was trained on it. */
export interface LearnedModels {
  readonly foldOf: (id: string) => number | null;
  readonly bytesOf: (fold: number | null) => Uint8Array | null;
}

/** One model of the whole training set, for a set that it has not seen. */
export async function wholeModel(workflow: Workflow, training: readonly Labelled[]): Promise<LearnedModels> {
  const bytes = await modelOf(workflow, training);
  return { foldOf: () => null, bytesOf: () => bytes };
}

/** Five models, each of four fifths of the examples; the fifth that it has not seen is what it scores. */
export async function crossFitted(
  workflow: Workflow,
  training: readonly Labelled[],
  onModel: (done: number, all: number) => void,
): Promise<LearnedModels> {
  const folds = dealExamples(workflow, training);
  const byId = new Map(training.map((example) => [example.id, example]));
  const foldOf = new Map(folds.flatMap(({ fold, scores }) => scores.map((id) => [id, fold] as const)));
  const models: Uint8Array[] = [];
  const waiting = [...folds];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const examples = next.trainedOn.flatMap((id) => byId.get(id) ?? []);
      models[next.fold] = await modelOf(workflow, examples);
      onModel(models.filter((model) => model !== undefined).length, folds.length);
    }
  };
  onModel(0, folds.length);
  await Promise.all(Array.from({ length: TRAINED_AT_A_TIME }, work));
  return {
    foldOf: (id) => foldOf.get(id) ?? null,
    bytesOf: (fold) => (fold === null ? null : (models[fold] ?? null)),
  };
}

const TRAINED_AT_A_TIME = 2;

/** Trained, or taken from an earlier run of the same examples, settings and trainer. */
async function modelOf(workflow: Workflow, examples: readonly Labelled[]): Promise<Uint8Array> {
  const seen = examples.map((example) => taught(workflow, example));
  const digest = digestOf(['shared/models/learned/*.ts'], JSON.stringify([workflow.learned, seen]));
  const cached = inCache('learned', `${workflow.id}-part-${digest.slice(0, 32)}.bin`);
  if (existsSync(cached)) return readFileSync(cached);
  const bytes = await trainAside({ examples: seen, settings: workflow.learned });
  mkdirSync(inCache('learned'), { recursive: true });
  const aside = `${cached}.${process.pid}`;
  writeFileSync(aside, bytes);
  renameSync(aside, cached);
  return bytes;
}

function trainAside(workerData: object): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`training ended with ${code}`));
    });
  });
}
