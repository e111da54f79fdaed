import type { Workflow } from '../../authoring/index.ts';
import type { Case, DecisionRecord, Usage } from '../../contracts/index.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import type { CaseStore } from '../../ports/index.ts';
import type { Advance, Advanced } from '../step-contracts.ts';
import type { KnownBefore } from './agents-round.ts';
import { type Course, courseOf, hasCourse, NO_COURSE } from './course.ts';

/** What a case has come to before a round of it. */
export type Earlier = Pick<KnownBefore, 'known' | 'closed'> & {
  readonly spent: Usage;
  readonly course: Course;
  /** The case as it is now; null in its first round, which needs no look at it. */
  readonly head: Case | null;
  /** Of what agents said in earlier rounds. */
  readonly record: DecisionRecord | null;
  /** The case, where a person has overturned what agents decided before. */
  readonly overturned: Case | null;
};

/** In the first round nothing was done, nobody has refused anything, and no model was paid. */
export async function earlierOf(
  cases: CaseStore,
  workflow: Workflow,
  { round, turns, pinned: { caseId } }: Advance,
): Promise<Earlier> {
  if (round === 1) return FIRST;
  const [{ case: head, actions: known, closedIntents: closed, record }, ledger] = await Promise.all([
    cases.known(caseId),
    hasCourse(workflow) ? cases.ledger(caseId) : [],
  ]);
  // What a person decides is for `personRound` to judge.
  const overturned = turns.length > 0 && head?.outcome === 'overturned' ? head : null;
  const spent = turns.length > 0 ? (head?.usage ?? NO_USAGE) : NO_USAGE;
  return { known, closed, head, record, spent, course: courseOf(ledger, round), overturned };
}

const FIRST: Earlier = {
  ...{ known: [], closed: [], spent: NO_USAGE, course: NO_COURSE },
  ...{ head: null, record: null, overturned: null },
};

/** Agents do not decide anew what a person has decided in their place. */
export function leftAsOverturned({ pinned: { notes } }: Advance, { round, ledger: cursor }: Case): Advanced {
  return { next: 'close', turns: [], notes, cursor, round, actions: [], outcome: null, ending: null };
}
