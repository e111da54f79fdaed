import * as z from 'zod';
import type { SeenCase } from '../../evals/drift/drift.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { judgedItems } from '../../shared/domain/judged-items.ts';
import { Problem } from '../command/problem.ts';
import { problemIn, type RuntimeClient } from '../runtime/client.ts';
import type { ListedCase } from '../runtime/list-cases.ts';

const WithLedger = z.object({ ledger: z.array(LedgerEntry) });

/** Each is a call; the newest say enough. */
const MOST_RECORDS = 200;

/**
 * Of a workflow in which one agent judges item by item: the items that it was handed in the newest of these cases, as its
 * examples have them. How sure it was is known of all items of a case together, and so of none.
 */
export async function seenItems(
  runtime: Pick<RuntimeClient, 'getAsOperator'>,
  workflow: Workflow,
  cases: readonly Pick<ListedCase, 'caseId'>[],
): Promise<SeenCase[]> {
  const found: SeenCase[] = [];
  for (const { caseId } of cases.slice(0, MOST_RECORDS)) {
    const answer = await runtime.getAsOperator(`/api/cases/${caseId}?ledger=true`);
    const parsed = WithLedger.safeParse(answer.body);
    if (!parsed.success) throw new Problem(`The record of case ${caseId} could not be read: ${problemIn(answer)}`);
    const events = parsed.data.ledger.map(({ event }) => event);
    for (const { item } of judgedItems(workflow, events))
      found.push({ facts: { input: item, sources: {} }, confidence: null });
  }
  return found;
}
