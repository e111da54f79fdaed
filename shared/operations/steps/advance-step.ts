import * as z from 'zod';
import { type Cursor, DueTurn, type Outcome, type TurnResult } from '../../contracts/index.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import type { StepStore } from '../../ports/index.ts';
import { type AdvanceCasePorts, advanceCase } from '../advance-case.ts';
import { operation } from '../operation.ts';
import { Advance, type Advanced, CaseRef, Failure, type TurnRef } from '../step-contracts.ts';
import { pinnedOf } from './pinned-of.ts';

/** How a turn ended, as far as the state machine knows. `broke`: the name of the error by which it did. */
const TurnEnded = z.object({
  agent: DueTurn.shape.agent,
  broke: z.string().nullable().default(null),
  startedAtMs: z.int().default(0),
});
type TurnEnded = z.infer<typeof TurnEnded>;

export const AdvanceStep = z.object({
  pinned: CaseRef,
  /** Name of the execution. */
  run: z.string().min(1),
  cursor: Advance.shape.cursor,
  round: Advance.shape.round,
  turns: z.array(TurnEnded),
  requestId: Advance.shape.requestId,
  failure: Failure.nullable().default(null),
  resume: Advance.shape.resume,
});

export type AdvanceStep = z.infer<typeof AdvanceStep>;

/** What the state machine is told of a round. */
export interface AdvancedStep extends Pick<Advanced, 'next' | 'actions' | 'ending'> {
  readonly turns: readonly TurnRef[];
  readonly told: number;
  readonly cursor: Cursor;
  readonly round: number;
  readonly outcome: Outcome | null;
}

/** A round by the ids of it: the case and what its agents said are read from the store, in one read. */
export const advanceStep = operation({
  name: 'advance-case',
  input: AdvanceStep,
  async run(ports: AdvanceCasePorts & { readonly steps: StepStore }, step): Promise<AdvancedStep> {
    const { pinned, run, round, turns: ended } = step;
    const { caseId } = pinned;
    const keys = ended.map(({ agent }) => ({ run, round, agent }));
    const { case: case_, turns: kept } = await ports.steps.withTurns(caseId, keys);
    if (case_ === null) throw new Error(`There is no case ${caseId}`);
    const turns = ended.map((turn, at) => kept[at]?.result ?? brokenTurn(turn));
    const failure = await inWords(ports.steps, caseId, step.failure);
    const advanced = await advanceCase.run(ports, { ...step, pinned: pinnedOf(case_, pinned), turns, failure });
    const { next, cursor, actions, outcome, ending, notes } = advanced;
    const due = advanced.turns.map(({ agent, purpose }) => ({ agent, purpose }));
    return { next, turns: due, told: notes.length, cursor, round: advanced.round, actions, outcome, ending };
  },
});

/** A turn that broke is a result too: it is judged and goes to a person. */
function brokenTurn({ agent, broke, startedAtMs }: TurnEnded): TurnResult {
  return {
    ...{ agent, status: 'failed', tier: 'learned', model: 'none', judgement: null, confidence: 0 },
    ...{ fields: [], reasons: [], doubts: [`the turn broke with ${broke ?? 'nothing kept of it'}`], readings: [] },
    ...{ usage: NO_USAGE, startedAtMs, tookMs: 0, cites: null, attempts: [], cap: null },
  };
}

async function inWords(steps: StepStore, caseId: string, failure: Failure | null): Promise<Failure | null> {
  if (failure === null) return null;
  return { ...failure, problem: (await steps.problem(caseId, failure.step)) ?? failure.problem };
}
