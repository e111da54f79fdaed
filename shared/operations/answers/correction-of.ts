import type { Answer, Example, PersonRequest } from '../../contracts/index.ts';
import { exampleOf } from '../../domain/corrections.ts';
import type { LoadedRequest } from '../load-request.ts';

/** What a person decided otherwise than the agents, as an example to learn from; none for any other answer. */
export function correctionOf(
  { workflow, case: case_ }: LoadedRequest,
  request: PersonRequest,
  answer: Answer,
): Example[] {
  const how = HOW[request.kind];
  if (how === undefined || answer.verb !== 'edit' || answer.edits === null) return [];
  const { by, atMs, reason, edits } = answer;
  const example = exampleOf(workflow, case_, { ref: request.id, how, by, atMs, reason, after: edits });
  return example === null ? [] : [example];
}

const HOW: Readonly<Partial<Record<PersonRequest['kind'], Example['provenance']['how']>>> = {
  'decide-case': 'decided',
  'review-decision': 'reviewed',
  'spot-check': 'spot-checked',
};
