import type { Answer, Example, PersonRequest } from '../../contracts/index.ts';
import { examplesOf } from '../../domain/corrections.ts';
import type { JudgedItem } from '../../domain/judged-items.ts';
import type { CaseStore } from '../../ports/index.ts';
import type { LoadedRequest } from '../load-request.ts';
import { itemsJudged } from '../records/items-judged.ts';

/** What a person decided otherwise than the agents, as examples to learn from; none for any other answer. */
export function correctionOf(
  { workflow, case: case_ }: LoadedRequest,
  request: PersonRequest,
  answer: Answer,
  items: readonly JudgedItem[],
): Example[] {
  const how = HOW[request.kind];
  if (how === undefined || answer.verb !== 'edit' || answer.edits === null) return [];
  const { by, atMs, reason, edits } = answer;
  return examplesOf(workflow, case_, { ref: request.id, how, by, atMs, reason, after: edits }, items);
}

/** What an answer may correct item by item. */
export async function itemsBehind(
  cases: Pick<CaseStore, 'ledger'>,
  { workflow, case: case_, request }: LoadedRequest,
  { verb }: Answer,
): Promise<JudgedItem[]> {
  return verb === 'edit' && HOW[request.kind] !== undefined ? itemsJudged(cases, workflow, case_.id) : [];
}

const HOW: Readonly<Partial<Record<PersonRequest['kind'], Example['provenance']['how']>>> = {
  'decide-case': 'decided',
  'review-decision': 'reviewed',
  'spot-check': 'spot-checked',
};
