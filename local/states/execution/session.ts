import type { ExecutionFacts } from '../asl/context-object.ts';
import type { Machine } from '../asl/definition.ts';
import { EventLog } from '../asl/event-log.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import type { HistoryRecords } from '../records/history.ts';
import type { StrandRecords } from '../records/strands.ts';
import type { Message } from './message.ts';
import { SessionStrands } from './session-strands.ts';

/** A running execution that is in memory because something is happening to it. */
export interface Session {
  readonly execution: ExecutionRecord;
  readonly machine: Machine;
  readonly facts: ExecutionFacts;
  readonly strands: SessionStrands;
  readonly log: EventLog;
  readonly inbox: Delivery[];
  /** Calls on their way. */
  callsInFlight: number;
  isMoving: boolean;
  hasEnded: boolean;
}

/** A message with whoever waits until what it does is on disk. */
export interface Delivery {
  readonly message: Message;
  /** False where the message had nothing to apply to. */
  readonly settle: (isAccepted: boolean) => void;
  readonly reject: (reason: unknown) => void;
}

export function openSession(
  execution: ExecutionRecord,
  machine: Machine,
  roleArn: string,
  records: { readonly strands: StrandRecords; readonly history: HistoryRecords },
): Session {
  const isExpress = execution.type === 'EXPRESS';
  return {
    execution,
    machine,
    facts: factsOf(execution, roleArn),
    strands: new SessionStrands(records.strands, execution.id, machine),
    log: isExpress
      ? new EventLog(STARTED_EVENT, Number.POSITIVE_INFINITY)
      : new EventLog(records.history.lastId(execution.id)),
    inbox: [],
    callsInFlight: 0,
    isMoving: false,
    hasEnded: false,
  };
}

/** Of an Express execution no events are kept; its causes count from the one that tells of the start. */
const STARTED_EVENT = 1;

function factsOf(execution: ExecutionRecord, roleArn: string): ExecutionFacts {
  return {
    arn: execution.arn,
    name: execution.name,
    machineArn: execution.machineArn,
    machineName: execution.machineArn.split(':').at(-1) ?? '',
    roleArn,
    isExpress: execution.type === 'EXPRESS',
    startedAtMs: execution.startedAtMs,
    redriveCount: execution.redriveCount,
    inputText: execution.inputText,
  };
}
