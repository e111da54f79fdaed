import type { TurnResult } from '../../shared/contracts/index.ts';
import { advanceCase } from '../../shared/operations/advance-case.ts';
import { closeCase } from '../../shared/operations/close-case.ts';
import { performAction } from '../../shared/operations/perform-action.ts';
import { runTurn } from '../../shared/operations/run-turn.ts';
import { type ActionOutcome, CaseRun, type Opened, type Resume } from '../../shared/operations/step-contracts.ts';
import { pinnedOf } from '../../shared/operations/steps/pinned-of.ts';
import type { DecidedLead } from './lead-case.ts';
import type { MemoryPorts } from './memory-ports.ts';

/** Names of executions of the machine `case` that operations have started, in order. */
export function startedNames({ executions }: MemoryPorts): string[] {
  return [...executions.started.keys()];
}

/** What an execution that operations have started is told, with what the store knows of its case. */
export async function begun(
  ports: MemoryPorts,
  name: string,
): Promise<Opened & { readonly failure: CaseRun['failure']; readonly resume: Resume | null }> {
  const run = CaseRun.parse(ports.executions.started.get(name));
  const case_ = await ports.cases.get(run.pinned.caseId);
  if (case_ === null) throw new Error('there is no case');
  const turns = run.turns.map((turn) => ({ ...turn, from: [], handOver: null }));
  return { ...run, pinned: pinnedOf(case_, run.pinned), turns };
}

/** Runs an execution that was started once more, up to its end or to the first action that needs a person. */
export async function runAgain(ports: MemoryPorts, name: string) {
  const opened = await begun(ports, name);
  const { pinned, cursor, round, failure, resume } = opened;
  const turns: TurnResult[] = await Promise.all(
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
