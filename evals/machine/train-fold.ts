import type { EvaluationId } from '../../shared/contracts/index.ts';
import { serialise, train } from '../../shared/models/learned/index.ts';
import { taught } from '../run/deal-examples.ts';
import { casesOf, type EvaluatePorts, EvaluationError, runOf } from './evaluate-ports.ts';
import { planOf } from './plan-evaluation.ts';

/** Name of a fold's model among the files of a run. */
export function modelFile(fold: number): string {
  return `model-${fold}`;
}

/** Trains the model that scores a fold, without that fold. One that is there already is not trained again. */
export async function trainFold(ports: EvaluatePorts, id: EvaluationId, fold: number): Promise<void> {
  if ((await ports.evaluations.file(id, modelFile(fold))) !== null) return;
  const { run, workflow } = await runOf(ports, id);
  const plan = await planOf(ports.evaluations, id);
  const own = plan?.folds.find((one) => one.fold === fold);
  if (own === undefined) throw new EvaluationError(`The evaluation ${id} has no fold ${fold}.`);
  const { training } = await casesOf(ports, run);
  const byId = new Map(training.map((example) => [example.id, example]));
  const examples = own.trainedOn.flatMap((one) => byId.get(one) ?? []);
  const model = train(
    examples.map((example) => taught(workflow, example)),
    workflow.learned,
  );
  await ports.evaluations.keepFile(id, modelFile(fold), serialise(model));
}
