import type { Cursor, JsonObject } from '../../contracts/index.ts';
import type { CaseStore, Clock, Telemetry } from '../../ports/index.ts';
import { closingWrite, type End, hasMovedOn, tellClosed } from '../closing-write.ts';
import type { ActionOutcome, Ending } from '../step-contracts.ts';
import { doneWrite } from './done-write.ts';
import type { PerformedAction } from './performed-action.ts';

interface NotePorts {
  readonly cases: CaseStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** Of one call that succeeded. */
interface Called {
  readonly result: JsonObject;
  readonly tookMs: number;
  /** Where the ledger stood once the intent was noted, and how many entries that took. */
  readonly cursor: Cursor;
  readonly entries: number;
  /** Given where nothing but this action is left of the case. */
  readonly ending: Ending | null;
}

/**
 * Notes that an action was done. Where nothing else is left of its case and nobody has written to that since it was
 * decided, the same write closes it; where somebody has, the step that closes cases looks at what is there now.
 */
export async function noteDone(
  ports: NotePorts,
  subject: PerformedAction,
  called: Called,
): Promise<Required<Pick<ActionOutcome, 'wrote'>> & Pick<ActionOutcome, 'ended'>> {
  const { cursor, entries, ending } = called;
  const { id: caseId, workflow } = subject.case;
  const done = doneWrite(subject, called);
  const of = { caseId, workflow, cursor };
  const wrote = (last: Cursor) => ({ cursor: last, entries: entries + done.events.length });
  if (ending !== null && isUnbroken(ending, called)) {
    const closedAtMs = ports.clock.nowMs();
    const end = endOf(subject, ending);
    const { events, ...closed } = closingWrite(end, closedAtMs);
    const both = { ...of, ...done, ...closed, atMs: closedAtMs, events: [...done.events, ...events] };
    try {
      const last = await ports.cases.commit({ ...both, expectUnmoved: true });
      tellClosed(ports.telemetry, end, closedAtMs);
      return { wrote: wrote(last), ended: end.outcome };
    } catch (error) {
      if (!hasMovedOn(error)) throw error;
    }
  }
  return { wrote: wrote(await ports.cases.commit({ ...of, ...done, atMs: ports.clock.nowMs() })) };
}

/** The chain shows it, entry by entry: nothing stands between the decision and the intent. */
function isUnbroken({ cursor: decided }: Ending, { cursor, entries }: Called): boolean {
  return cursor.seq === decided.seq + entries;
}

function endOf({ case: { id: caseId, workflow, openedAtMs } }: PerformedAction, { costUsd }: Ending): End {
  return { caseId, workflow, openedAtMs, personAsked: false, costUsd, outcome: 'done' };
}
