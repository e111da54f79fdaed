import { type CaseEvent, CaseId } from '../../contracts/index.ts';
import type { CaseStore, Clock, Executions, RecordStore, RequestStore } from '../../ports/index.ts';
import type { WakePorts } from '../answers/wake.ts';
import type { OverturnCase } from '../overturn-case.ts';
import { askBack } from './ask-back.ts';
import { cancelQuestions } from './drop-pending.ts';

export type GoOnPorts = WakePorts & {
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly records: RecordStore;
  readonly executions: Executions;
  readonly clock: Clock;
};

/** What follows from an overturning once it is on record; every part of it may be repeated. */
export async function goOn(ports: GoOnPorts, command: OverturnCase, ref: string): Promise<void> {
  await cancelQuestions(ports, command);
  await askBack(ports, command, ref);
  await ports.cases.setOverturningStarted({ caseId: command.caseId, ref });
}

const ownCase = ({ caseId, actionId }: { caseId: string; actionId: string }) => ({
  caseId: CaseId.parse(caseId),
  actionId,
});

/** What somebody had sent, as the ledger has it; null where no such overturning is on record. */
export function commandOf(caseId: CaseId, events: readonly CaseEvent[], ref: string): OverturnCase | null {
  const event = events.find((one) => one.type === 'decision-overturned' && one.ref === ref);
  if (event?.type !== 'decision-overturned') return null;
  const { by, proof, channel, reason, seen: digest, after: decision, carryOut, takeBack } = event;
  return { caseId, by, proof, channel, reason, digest, decision, carryOut, takeBack: takeBack.map(ownCase) };
}
