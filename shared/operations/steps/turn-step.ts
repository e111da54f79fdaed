import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { type Case, DueTurn, type JsonObject, type TurnResult } from '../../contracts/index.ts';
import { firstTurns } from '../../domain/coordinate.ts';
import type { StepStore, StoredTurn } from '../../ports/index.ts';
import { operation } from '../operation.ts';
import { type RunTurnPorts, runTurn } from '../run-turn.ts';
import { CaseRef } from '../step-contracts.ts';
import { pinnedOf } from './pinned-of.ts';

const TurnStep = z.object({
  pinned: CaseRef,
  /** Name of the execution. */
  run: z.string().min(1),
  round: z.int().min(1),
  agent: DueTurn.shape.agent,
  purpose: DueTurn.shape.purpose,
});
type TurnStep = z.infer<typeof TurnStep>;

/** What the state machine is told of a turn; all that the agent said is kept for the step that judges it. */
export interface TurnEnd extends Pick<TurnResult, 'agent' | 'status' | 'tier' | 'confidence' | 'tookMs'> {
  readonly costUsd: number;
}

/**
 * A turn by the ids of it: what its agent is to look at is read from the store, and what it said is kept there. A turn that
 * is on record already is not run again.
 */
export const turnStep = operation({
  name: 'run-turn',
  input: TurnStep,
  async run(ports: RunTurnPorts & { readonly steps: StepStore }, step): Promise<TurnEnd> {
    const { caseId } = step.pinned;
    const { case: case_, turns } = await ports.steps.withTurns(caseId, [step]);
    if (case_ === null) throw new Error(`There is no case ${caseId}`);
    const known = turns[0] ?? null;
    const turn = known?.result ?? (await ports.steps.keepTurn(caseId, step, await ran(ports, step, case_, known)));
    const { agent, status, tier, confidence, usage, tookMs } = turn;
    return { agent, status, tier, confidence, costUsd: usage.costUsd, tookMs };
  },
});

function ran(ports: RunTurnPorts, step: TurnStep, case_: Case, known: StoredTurn | null): Promise<TurnResult> {
  const { pinned, agent } = step;
  const workflow = ports.findWorkflow(pinned.workflow);
  const handOver = workflow === null ? null : handOverFor(workflow, step, known);
  return runTurn.run(ports, { pinned: pinnedOf(case_, pinned), agent, handOver });
}

/** With nothing but its workflow an agent begins; what others hand it was kept as its turn was planned. */
function handOverFor(
  workflow: Workflow,
  { agent: id, purpose }: TurnStep,
  known: StoredTurn | null,
): JsonObject | null {
  if (purpose !== 'first') return known?.handOver ?? null;
  return firstTurns(workflow).find(({ agent }) => agent === id)?.handOver ?? null;
}
