import type { Workflow } from '../../authoring/index.ts';
import type { CaseId } from '../../contracts/index.ts';
import { isMember } from '../../domain/team-members.ts';
import type { CaseStore, Clock, Executions } from '../../ports/index.ts';
import type { OverturnCase, Overturned } from '../overturn-case.ts';
import type { Consequences } from '../read-consequences.ts';
import { startAgain } from '../start-again.ts';

/** An action that is to be taken back, in its own case. */
export type Chosen = OverturnCase['takeBack'][number];

/** What the person chose, each once; a problem where something of it cannot be taken back, or not by this person. */
export function chosenBy(
  { findWorkflow }: { readonly findWorkflow: (id: string) => Workflow | null },
  { cases }: Consequences,
  { takeBack, by }: OverturnCase,
): Overturned | { readonly chosen: readonly Chosen[] } {
  const chosen = takeBack.filter((wanted, index) => takeBack.findIndex((other) => isSame(wanted, other)) === index);
  const isTooMuch = (caseId: CaseId): boolean =>
    chosen.filter((one) => one.caseId === caseId).length > MOST_OF_ONE_CASE;
  if (chosen.some(({ caseId }) => isTooMuch(caseId))) {
    return { kind: 'incomplete', problem: `At most ${MOST_OF_ONE_CASE} actions of one case are taken back at once.` };
  }
  for (const wanted of chosen) {
    const found = cases.find(({ caseId }) => caseId === wanted.caseId);
    const action = found?.actions.find(({ actionId }) => actionId === wanted.actionId);
    if (found === undefined || action === undefined) {
      return { kind: 'incomplete', problem: `${wanted.actionId} was not done because of this decision.` };
    }
    if (action.takenBackBy === null) return { kind: 'incomplete', problem: `${wanted.actionId}: ${action.problem}` };
    const workflow = findWorkflow(found.workflow);
    if (workflow === null || !isMember(workflow, by)) {
      return {
        kind: 'not-allowed',
        problem: `${wanted.actionId} is for the team ${workflow?.team.name ?? found.title} to take back.`,
      };
    }
  }
  return { chosen };
}

/** They are planned in one write, with what is carried out in their place. */
const MOST_OF_ONE_CASE = 40;

function isSame(a: Chosen, b: Chosen): boolean {
  return a.caseId === b.caseId && a.actionId === b.actionId;
}

/**
 * Puts on record in each case what is to be taken back there, and starts it; in the case itself with what is to be carried
 * out. Both once, however often it is called.
 */
export async function askBack(
  ports: { readonly cases: CaseStore; readonly executions: Executions; readonly clock: Clock },
  command: OverturnCase,
  ref: string,
): Promise<void> {
  const { takeBack } = command;
  const isCarriedOut = command.carryOut && command.decision !== null;
  const own = isCarriedOut ? [command.caseId] : [];
  for (const caseId of new Set([...own, ...takeBack.map((wanted) => wanted.caseId)])) {
    const actionIds = idsIn(command, caseId);
    const case_ = await ports.cases.get(caseId);
    if (case_ === null) throw new Error(`There is no case ${caseId}`);
    // That of the decision's own case was written with the overturning.
    if (caseId !== command.caseId) await noteWish(ports, case_, { command, ref, actionIds });
    const kind = isCarriedOut && caseId === command.caseId ? 'carry-out' : 'take-back';
    await startAgain(ports.executions, case_, { kind, ref, actionIds });
  }
}

/** The actions of one case that are to be taken back, in their order. */
export function idsIn({ takeBack }: OverturnCase, caseId: CaseId): string[] {
  return [...new Set(takeBack.filter((wanted) => wanted.caseId === caseId).map(({ actionId }) => actionId))];
}

async function noteWish(
  { cases, clock }: { readonly cases: CaseStore; readonly clock: Clock },
  case_: NonNullable<Awaited<ReturnType<CaseStore['get']>>>,
  { command, ref, actionIds }: { command: OverturnCase; ref: string; actionIds: string[] },
): Promise<void> {
  const ledger = await cases.ledger(case_.id);
  if (ledger.some(({ event }) => event.type === 'take-back-asked' && event.ref === ref)) return;
  const { by, proof, channel, reason, caseId: overturned } = command;
  await cases.commit({
    ...{ caseId: case_.id, workflow: case_.workflow, cursor: case_.ledger, atMs: clock.nowMs() },
    events: [{ type: 'take-back-asked', ref, actionIds, by, proof, channel, reason, overturned }],
  });
}
