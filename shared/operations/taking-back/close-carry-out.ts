import type { Case } from '../../contracts/index.ts';
import { type CarryOut, carryOutOf, isCarriedOut } from '../../domain/carry-out.ts';
import { type CaseStore, type Clock, ConflictError, type Executions } from '../../ports/index.ts';
import { startAgain } from '../start-again.ts';
import type { Resume } from '../step-contracts.ts';

export interface CarryOutPorts {
  readonly cases: CaseStore;
  readonly executions: Pick<Executions, 'startLike'>;
  readonly clock: Clock;
}

/** The right decision of an overturned case, as long as it is not carried out. */
export async function carryOutLeft(cases: CaseStore, { id, outcome }: Case): Promise<CarryOut | null> {
  if (outcome !== 'overturned') return null;
  const [ledger, known] = await Promise.all([cases.ledger(id), cases.actions(id)]);
  const events = ledger.map(({ event }) => event);
  const due = carryOutOf(events, id);
  return due === null || isCarriedOut(events, due.ref, known) ? null : due;
}

/**
 * The execution whose decision was overturned is through. Another one carries the right decision out; whichever of the two
 * ends last closes the case.
 * @returns whether that is the other one.
 */
export async function isLeftToCarryOut(ports: CarryOutPorts, head: Case): Promise<boolean> {
  const due = await carryOutLeft(ports.cases, head);
  if (due === null) return false;
  await startAgain(ports.executions, head, carryOutResume(due));
  const { id: caseId, workflow, ledger: cursor } = head;
  const place = { caseId, workflow, cursor, atMs: ports.clock.nowMs() };
  try {
    await ports.cases.commit({ ...place, events: [], head: { reopened: true }, expectOpen: true });
  } catch (error) {
    if (error instanceof ConflictError && error.kind === 'case-closed') return true;
    throw error;
  }
  // Until this write, the other one left the closing to this one.
  return (await carryOutLeft(ports.cases, head)) !== null;
}

/** Why the case is started once more. */
function carryOutResume({ ref, takeBack }: Pick<CarryOut, 'ref' | 'takeBack'>): Resume {
  return { kind: 'carry-out', ref, actionIds: [...takeBack] };
}
