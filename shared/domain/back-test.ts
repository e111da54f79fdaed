import type { Workflow } from '../authoring/index.ts';
import { approveFromItems, refusalItems, shapeItems } from './back-test/acted.ts';
import { cappedItems } from './back-test/capped.ts';
import type { BackTest, Item, RuleChange } from './back-test/change.ts';
import { decidedItems, phaseItems } from './back-test/decided.ts';
import type { PastCase } from './back-test/past-case.ts';
import { summaryOf } from './back-test/summary.ts';

export type { BackTest, Handling, Item, RuleChange } from './back-test/change.ts';
export { type PastCase, pastCaseOf, type Said } from './back-test/past-case.ts';

/**
 * What a change of a rule would have meant for past cases. Made of what is on record and of the workflow's own pure rules
 * alone: no model is asked and nothing is carried out. `reader` is who is addressed as "you".
 */
export function backTest(
  workflow: Workflow,
  past: readonly PastCase[],
  change: RuleChange,
  reader: string | null = null,
): BackTest {
  const items = itemsOf(workflow, past, change);
  const changed = items.filter(({ before, after }) => before !== after).toSorted((a, b) => a.atMs - b.atMs);
  return { summary: summaryOf(change.kind, items, reader), cases: past.length, items: items.length, changed };
}

function itemsOf(workflow: Workflow, past: readonly PastCase[], change: RuleChange): Item[] {
  switch (change.kind) {
    case 'confidence':
      return decidedItems(workflow, past, { minimumConfidence: change.minimumConfidence });
    case 'escalation':
      return decidedItems(workflow, past, { escalation: change.escalation });
    case 'phase':
      return phaseItems(workflow, past, change);
    case 'shape':
      return shapeItems(workflow, past, change);
    case 'approve-from':
      return approveFromItems(workflow, past, change);
    case 'refusal':
      return refusalItems(past, change);
    case 'cap':
      return cappedItems(workflow, past, change.cap);
  }
}
