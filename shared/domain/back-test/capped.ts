import type { Cap, Workflow } from '../../authoring/index.ts';
import type { Handling, Item } from './change.ts';
import type { PastCase, PastMove } from './past-case.ts';

/**
 * What counts towards a cap, replayed in the order in which it happened: each move is counted at once, and one that
 * would pass the limit is stopped and does not count. Compared with the cap as it is, where the workflow has it.
 */
export function cappedItems(workflow: Workflow, past: readonly PastCase[], cap: Cap): Item[] {
  const moves = past
    .flatMap((case_) => case_.moves.flatMap((move) => counted(case_, move, cap)))
    .toSorted((a, b) => a.move.atMs - b.move.atMs);
  const known = workflow.caps.find(({ id }) => id === cap.id);
  const isStoppedNow = stopped(moves, cap, ({ settings }) =>
    known === undefined ? null : (settings.caps[cap.id] ?? known.limit),
  );
  const isStoppedThen = stopped(moves, cap, () => cap.limit);
  return moves.map((counting, index): Item => {
    const { case_, move } = counting;
    const free = unstopped(case_, move);
    const actionId = move.kind === 'effect' ? move.actionId : null;
    return {
      ...{ caseId: case_.caseId, actionId, atMs: move.atMs },
      before: isStoppedNow[index] === true ? 'capped' : free.handling,
      after: isStoppedThen[index] === true ? 'capped' : free.handling,
      said: free.said,
    };
  });
}

interface Counting {
  readonly case_: PastCase;
  readonly move: PastMove;
  /** Null where it cannot be compared with the limit: it is stopped then. */
  readonly value: number | null;
}

function counted(case_: PastCase, move: PastMove, { counts, actions, currency }: Cap): Counting[] {
  if (move.kind === 'model') return counts === 'model-cost' ? [{ case_, move, value: move.costUsd }] : [];
  if (counts === 'model-cost' || (actions.length > 0 && !actions.includes(move.action))) return [];
  if (counts === 'effects') return [{ case_, move, value: 1 }];
  if (move.amount === null) return [];
  const value = move.amount.currency === currency ? Math.abs(move.amount.minor) : null;
  return [{ case_, move, value }];
}

/** For each move whether the limit stops it; a limit of null stops nothing. */
function stopped(moves: readonly Counting[], { per }: Cap, limitFor: (case_: PastCase) => number | null): boolean[] {
  const sums = new Map<string, number>();
  return moves.map(({ case_, move, value }) => {
    const limit = limitFor(case_);
    if (limit === null) return false;
    const place = per === 'case' ? case_.caseId : new Date(move.atMs).toISOString().slice(0, 10);
    const sum = (sums.get(place) ?? 0) + (value ?? Number.POSITIVE_INFINITY);
    if (sum > limit) return true;
    sums.set(place, sum);
    return false;
  });
}

/** How a move came about where no cap stopped it. */
function unstopped({ questions }: PastCase, move: PastMove): { handling: Handling; said: Item['said'] } {
  if (move.kind === 'model') return { handling: 'by-itself', said: null };
  const question = questions.find(({ actionId, kind }) => actionId === move.actionId && kind === 'approve-action');
  return { handling: question === undefined ? 'by-itself' : 'asked', said: question?.said ?? null };
}
