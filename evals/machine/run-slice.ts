import type { EvaluationId, EvaluationRun } from '../../shared/contracts/index.ts';
import type { Assets, Models, SliceEnd } from '../../shared/ports/index.ts';
import { modelsOf } from '../run/choose-models.ts';
import { runSet } from '../run/run-set.ts';
import { casesOf, type EvaluatePorts, EvaluationError, runOf } from './evaluate-ports.ts';
import { planOf } from './plan-evaluation.ts';
import { StoredMoney } from './stored-money.ts';
import { aboutWhom } from './stored-rows.ts';
import { modelFile } from './train-fold.ts';

/** Examples of a slice that Claude sees at a time. The learned model takes the processor for itself. */
const CLAUDE_AT_A_TIME = 3;

/**
 * Runs the examples of a slice that have no result yet, through the code of production, and keeps each as it comes: what
 * breaks off goes on where it stopped, and nothing is paid for twice but the calls that were in flight.
 */
export async function runSlice(
  ports: EvaluatePorts,
  id: EvaluationId,
  slice: number,
): Promise<Pick<SliceEnd, 'slice' | 'done'> & { readonly left: number }> {
  const { evaluations, clock } = ports;
  const ended = (await evaluations.sliceEnds(id)).find((one) => one.slice === slice);
  if (ended !== undefined && ended.left.length === 0) return { slice, done: ended.done, left: 0 };
  const { run, workflow, asked } = await runOf(ports, id);
  const own = (await planOf(evaluations, id))?.slices.find((one) => one.slice === slice);
  if (own === undefined) throw new EvaluationError(`The evaluation ${id} has no slice ${slice}.`);
  const kept = new Set((await evaluations.results(id, slice)).map(({ example }) => example));
  const { scored } = await casesOf(ports, run);
  const waiting = new Set(own.ids.filter((one) => !kept.has(one)));
  const models = asked(await modelsFor(ports, run, own.fold));
  const examples = scored.examples.filter((example) => waiting.has(example.id));
  const about = new Map(examples.map((example) => [example.id, aboutWhom(workflow, example)]));
  let done = kept.size;
  const left = await runSet({
    ...{ workflow, clock, versions: run.versions, foldOf: () => own.fold, modelsOf: () => models },
    examples,
    money: new StoredMoney(evaluations, id, run.wish.maxUsd),
    concurrency: concurrencyOf(run),
    onResult: async (result) => {
      const row = { salt: ports.newSalt(), about: about.get(result.id) ?? [], result };
      await evaluations.keepResult(id, { slice, example: result.id, text: JSON.stringify(row) });
      done += 1;
    },
  });
  await evaluations.endSlice(id, { slice, done, left });
  return { slice, done, left: left.length };
}

/** Cases at a time within a slice. */
export function concurrencyOf({ wish }: EvaluationRun): number {
  return wish.models.every((tier) => tier === 'learned') ? 1 : CLAUDE_AT_A_TIME;
}

async function modelsFor(ports: EvaluatePorts, { id, wish }: EvaluationRun, fold: number | null): Promise<Models> {
  const { evaluations, reached, clock } = ports;
  const bytes = fold === null ? null : await evaluations.file(id, modelFile(fold));
  if (fold !== null && bytes === null) throw new EvaluationError(`The model of fold ${fold} is not there.`);
  const assets = bytes === null ? ports.assets : withLearned(ports.assets, wish.workflow, bytes);
  return modelsOf({ ...reached, tiers: wish.models }, { clock, assets });
}

/** The files as they were deployed, but for the learned model. */
function withLearned(assets: Assets, workflow: string, bytes: Uint8Array): Assets {
  const own = `agents/${workflow}/learned.bin`;
  return { read: async (path) => (path === own ? bytes : assets.read(path)) };
}
