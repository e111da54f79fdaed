import { advanceCase } from '../../shared/operations/advance-case.ts';
import { closeCase } from '../../shared/operations/close-case.ts';
import { openCase } from '../../shared/operations/open-case.ts';
import { performAction } from '../../shared/operations/perform-action.ts';
import { runTurn } from '../../shared/operations/run-turn.ts';
import { type ActionOutcome, CaseStart } from '../../shared/operations/step-contracts.ts';
import type { DecidedLead } from './lead-case.ts';
import type { MemoryPorts } from './memory-ports.ts';

/** Names of executions of the machine `case` that operations have started, in order. */
export function startedNames({ executions }: MemoryPorts): string[] {
  return [...executions.started.keys()];
}

/** Runs an execution that was started once more, up to its end or to the first action that needs a person. */
export async function runAgain(ports: MemoryPorts, name: string) {
  const opened = await openCase.run(ports, CaseStart.parse(ports.executions.started.get(name)));
  const { pinned, cursor, round, failure, resume } = opened;
  const turns = await Promise.all(
    opened.turns.map(({ agent }) => ports.clock.finish(runTurn.run(ports, { pinned, agent }))),
  );
  const input = { pinned, cursor, round, turns, requestId: null, failure, resume };
  const advanced = await advanceCase.run(ports, input);
  const actions: ActionOutcome[] = [];
  for (const { actionId } of advanced.actions) {
    actions.push(await ports.clock.finish(performAction.run(ports, { caseId: pinned.caseId, actionId })));
  }
  const close = { pinned, outcome: advanced.next === 'act' ? null : advanced.outcome, actions };
  const closed = advanced.next === 'act' || advanced.next === 'close' ? await closeCase.run(ports, close) : null;
  return { opened, advanced, actions, closed, advanceAgain: () => advanceCase.run(ports, input) };
}

/** Performs all that was decided on without asking, and closes the case. */
export async function carriedOut({ ports, opened, advanced }: DecidedLead): Promise<MemoryPorts> {
  const actions: ActionOutcome[] = [];
  for (const { actionId } of advanced.actions) {
    const { caseId } = opened.pinned;
    actions.push(await ports.clock.finish(performAction.run(ports, { caseId, actionId })));
  }
  await closeCase.run(ports, { pinned: opened.pinned, outcome: advanced.outcome, actions });
  return ports;
}
