import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { EvaluationId, type EvaluationRun, Reader } from '../../contracts/index.ts';
import { mayRead } from '../../domain/team-members.ts';
import type { EvaluationStore, ExecutionStates } from '../../ports/index.ts';
import { operation } from '../operation.ts';
import { executionOf } from './start-evaluation.ts';

export interface ReadEvaluationPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly evaluations: EvaluationStore;
  readonly executions: ExecutionStates;
}

/** An evaluation as people see it, with how far it is. */
export interface EvaluationView extends EvaluationRun {
  /** Examples that have a result, as far as whole slices go, and those that were left because the money was spent. */
  readonly progress: { readonly done: number; readonly left: number };
}

export type Readable =
  | { readonly kind: 'read'; readonly run: EvaluationView }
  | { readonly kind: 'unknown' | 'not-allowed' };

/** For the team of the workflow, and for operators. One whose machine ended without a word is not measured. */
export const readEvaluation = operation({
  name: 'read-evaluation',
  input: z.object({ evaluationId: EvaluationId, reader: Reader }),
  async run(
    { findWorkflow, evaluations, executions }: ReadEvaluationPorts,
    { evaluationId, reader },
  ): Promise<Readable> {
    const run = await evaluations.get(evaluationId);
    const workflow = run === null ? null : findWorkflow(run.wish.workflow);
    if (run === null || workflow === null) return { kind: 'unknown' };
    if (!mayRead(workflow, reader)) return { kind: 'not-allowed' };
    const ends = await evaluations.sliceEnds(evaluationId);
    const progress = {
      done: ends.reduce((sum, { done }) => sum + done, 0),
      left: ends.reduce((sum, { left }) => sum + left.length, 0),
    };
    const isLost = run.state === 'running' && (await executions.stateOf(executionOf(run))) !== 'running';
    // It may have ended between the two looks.
    const seen = isLost ? ((await evaluations.get(evaluationId)) ?? run) : run;
    return { kind: 'read', run: { ...(seen.state === 'running' && isLost ? lost(seen) : seen), progress } };
  },
});

function lost(run: EvaluationRun): EvaluationRun {
  const problem = 'It broke off before it was summed up. What was run of it is kept: go on with it.';
  const none = { state: 'not-measured' as const, passes: false, figures: null, reportDigest: null };
  const outcome = { ...none, problem, endedAtMs: run.startedAtMs };
  return { ...run, state: 'not-measured', outcome };
}
