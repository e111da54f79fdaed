import type { Workflow } from '../../authoring/index.ts';
import type { CaseId } from '../../contracts/index.ts';
import { type JudgedItem, judgedItems } from '../../domain/judged-items.ts';
import type { CaseStore } from '../../ports/index.ts';

/** What was judged item by item in a case; nothing is read for a workflow in which no agent does so. */
export async function itemsJudged(
  cases: Pick<CaseStore, 'ledger'>,
  workflow: Workflow,
  caseId: CaseId,
): Promise<JudgedItem[]> {
  if (workflow.agents.every(({ each }) => each === undefined)) return [];
  const ledger = await cases.ledger(caseId);
  return judgedItems(
    workflow,
    ledger.map(({ event }) => event),
  );
}
