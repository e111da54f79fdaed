import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { type EvaluationRun, Reader } from '../../contracts/index.ts';
import { mayRead } from '../../domain/team-members.ts';
import type { EvaluationStore } from '../../ports/index.ts';
import { operation } from '../operation.ts';

export interface ListEvaluationsPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly evaluations: Pick<EvaluationStore, 'latest'>;
}

export type Listed =
  | { readonly kind: 'listed'; readonly runs: readonly EvaluationRun[] }
  | { readonly kind: 'unknown' | 'not-allowed' };

const MOST_LISTED = 50;

/** The newest evaluations of a workflow, for its team and for operators. */
export const listEvaluations = operation({
  name: 'list-evaluations',
  input: z.object({ workflow: z.string(), reader: Reader }),
  async run({ findWorkflow, evaluations }: ListEvaluationsPorts, { workflow: id, reader }): Promise<Listed> {
    const workflow = findWorkflow(id);
    if (workflow === null) return { kind: 'unknown' };
    if (!mayRead(workflow, reader)) return { kind: 'not-allowed' };
    return { kind: 'listed', runs: await latestEvaluations(evaluations, id) };
  },
});

export function latestEvaluations(
  evaluations: ListEvaluationsPorts['evaluations'],
  workflow: string,
): Promise<readonly EvaluationRun[]> {
  return evaluations.latest(workflow, MOST_LISTED);
}
