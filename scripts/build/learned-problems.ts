import * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';

/** Fields that the learned model is to be taught and no agent judges: it would never have an example of them. */
export function learnedProblems({ id, agents, learned }: Workflow): string[] {
  const judged: string[] = [];
  for (const { decides, each } of agents) {
    // What these are taught is not told by their form.
    if (each !== undefined || !(decides instanceof z.ZodObject)) return [];
    judged.push(...Object.keys(decides.shape));
  }
  return learned.fields
    .filter(({ name }) => !judged.includes(name))
    .map(
      ({ name }) =>
        `agents/${id}/workflow.ts: learned field "${name}" is judged by no agent: write one of ${judged.join(', ')}`,
    );
}
