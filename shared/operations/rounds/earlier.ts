import type { Workflow } from '../../authoring/index.ts';
import type { Case, Usage } from '../../contracts/index.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import type { CaseStore } from '../../ports/index.ts';
import type { Advance, Advanced } from '../step-contracts.ts';
import type { KnownBefore } from './agents-round.ts';
import { type Course, courseOf, hasCourse, NO_COURSE } from './course.ts';

/** What a case has come to before a round of it. */
export type Earlier = Pick<KnownBefore, 'known' | 'closed'> & {
  readonly spent: Usage;
  readonly course: Course;
  /** The case, where a person has overturned what agents decided before. */
  readonly overturned: Case | null;
};

/** In the first round nothing was done, nobody has refused anything, and no model was paid. */
export async function earlierOf(
  cases: CaseStore,
  workflow: Workflow,
  { round, turns, pinned: { caseId } }: Advance,
): Promise<Earlier> {
  if (round === 1) return { known: [], closed: [], spent: NO_USAGE, course: NO_COURSE, overturned: null };
  const [known, closed, head, ledger] = await Promise.all([
    cases.actions(caseId),
    cases.closedIntents(caseId),
    turns.length === 0 ? null : cases.get(caseId),
    hasCourse(workflow) ? cases.ledger(caseId) : [],
  ]);
  const overturned = head?.outcome === 'overturned' ? head : null;
  return { known, closed, spent: head?.usage ?? NO_USAGE, course: courseOf(ledger, round), overturned };
}

/** Agents do not decide anew what a person has decided in their place. */
export function leftAsOverturned({ pinned: { notes } }: Advance, { round, ledger: cursor }: Case): Advanced {
  return { next: 'close', turns: [], notes, cursor, round, actions: [], outcome: null, ending: null };
}
