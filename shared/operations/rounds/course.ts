import type { Workflow } from '../../authoring/index.ts';
import type { JsonObject, LedgerEntry, TurnResult } from '../../contracts/index.ts';
import { AGENT_ASKS, coordinate } from '../../domain/coordinate.ts';
import { undecided } from '../../domain/patterns/findings.ts';
import type { Coordination, Waves } from '../../domain/patterns/plan.ts';
import type { RowFacts } from '../../domain/patterns/sequence.ts';
import type { Advance } from '../step-contracts.ts';

/** How far the agents have come in the run that is under way. */
export interface Course {
  readonly waves: Waves;
  /** Rounds in which they went on without a decision, in all runs of the case. */
  readonly plans: number;
}

export const NO_COURSE: Course = { waves: [], plans: 0 };

/** Whether more than one wave of turns can be needed: only then is the ledger read for what came before. */
export function hasCourse({ pattern, agents }: Workflow): boolean {
  return pattern.kind !== 'single' || agents.some(({ hasChoice }) => hasChoice);
}

/** What the ledger tells of the turns before a round: a decision of the agents ends a run, a question of one does not. */
export function courseOf(ledger: readonly LedgerEntry[], beforeRound: number): Course {
  let waves = new Map<number, TurnResult[]>();
  let plans = 0;
  for (const { event } of ledger) {
    if (event.type === 'turn-finished' && event.round < beforeRound) {
      waves.set(event.round, [...(waves.get(event.round) ?? []), event.turn]);
    } else if (event.type === 'turns-planned') {
      plans += 1;
    } else if (event.type === 'decision-made' && event.occasion === 'agents') {
      const isAsking = event.verdict.reasons.some(({ code }) => code === AGENT_ASKS);
      if (!isAsking && event.round < beforeRound) waves = new Map();
    }
  }
  return { waves: [...waves.values()], plans };
}

/** What follows from the turns of this round. Where none ran, nothing is planned: the trigger did not fit, or a step failed. */
export function coordinated(workflow: Workflow, { turns, pinned }: Advance, course: Course): Coordination {
  const waves = turns.length === 0 ? course.waves : [...course.waves, turns];
  const coordination = turns.length === 0 ? null : coordinate(workflow, waves, rowFactsOf(pinned));
  return coordination ?? { kind: 'decided', findings: undecided(waves) };
}

/** The turns that are due once a person has told the agents more. */
export function dueAfterWords(workflow: Workflow, pinned: Advance['pinned'], { waves }: Course) {
  const due = coordinate(workflow, waves, { isAnswered: true, ...rowFactsOf(pinned) });
  return due.kind === 'turns' ? [...due.turns] : [];
}

function rowFactsOf({ input, settings }: Advance['pinned']): RowFacts {
  return { input: input as JsonObject, minimumConfidence: settings.minimumConfidence };
}
