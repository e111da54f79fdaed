import type { Workflow } from '../../authoring/index.ts';
import type { Action, Case } from '../../contracts/index.ts';
import type { TakeBack } from '../../domain/may-perform.ts';
import { askedBackBy, compensationFor, isReplaced } from '../../domain/take-back.ts';
import type { CaseStore } from '../../ports/index.ts';

/** By what right an action takes another one back, read from the store and the ledger; null for any other action. */
export async function readTakeBack(
  cases: CaseStore,
  workflow: Workflow,
  { case: case_, action }: { readonly case: Case; readonly action: Action },
): Promise<TakeBack | null> {
  const { compensates } = action;
  if (compensates === null) return null;
  const [original, ledger] = await Promise.all([cases.action(case_.id, compensates), cases.ledger(case_.id)]);
  const events = ledger.map(({ event }) => event);
  const askedBy = askedBackBy(events, compensates);
  const compensating =
    original === null
      ? ({ ok: false, problem: 'There is no such action.' } as const)
      : compensationFor(workflow, original);
  return { original, compensating, askedBy, isReplaced: isReplaced(events, compensates) };
}
