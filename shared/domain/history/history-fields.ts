import type { Workflow } from '../../authoring/index.ts';

/** Fields whose look-up of past cases goes on learning; none where the workflow does not want it. */
export function historyFields({ learned: { fields, history } }: Pick<Workflow, 'learned'>): readonly string[] {
  if (history?.learnsAsItGoes !== true) return [];
  return fields.filter(({ use }) => use !== 'model').map(({ name }) => name);
}
