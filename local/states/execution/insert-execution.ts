import type { FlowPath, Machine } from '../asl/definition.ts';
import { flowAt } from '../asl/definition.ts';
import { EventLog } from '../asl/event-log.ts';
import { parseDefinition } from '../asl/parse-definition.ts';
import { newStrand } from '../asl/strand-source.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import type { Records } from './engine-options.ts';

/** Writes a new execution with its first event and its root strand. Belongs into a write of the store. */
export function insertExecution(records: Records, start: NewExecution, now: number): ExecutionRecord {
  const revision = records.machines.revision(start.revision);
  if (revision === null) throw new Error(`the definition number ${start.revision} is missing`);
  const machine = parseDefinition(revision.definition);
  const record: Omit<ExecutionRecord, 'id'> = {
    ...start,
    status: 'RUNNING',
    outputText: null,
    error: null,
    cause: null,
    startedAtMs: now,
    endedAtMs: null,
    dueAtMs: deadline(machine, start, now),
    redriveCount: 0,
    redrivenAtMs: null,
  };
  const id = records.executions.insert(record);
  records.strands.insert(id, rootStrand(flowAt(machine, start.flow).startAt, start.inputText));
  if (start.type === 'STANDARD') records.history.append(id, startedEvent(start, revision.roleArn, now).takeFresh());
  return { ...record, id };
}

/** An Express execution may take five minutes. */
const EXPRESS_LIMIT_MS = 300_000;

function deadline(machine: Machine, start: NewExecution, now: number): number | null {
  const ownMs = machine.timeoutSeconds === null || start.flow.length > 0 ? null : machine.timeoutSeconds * 1000;
  if (start.type === 'EXPRESS') return now + Math.min(ownMs ?? EXPRESS_LIMIT_MS, EXPRESS_LIMIT_MS);
  return ownMs === null ? null : now + ownMs;
}

function rootStrand(startAt: string, inputText: string): ReturnType<typeof newStrand> {
  return newStrand(0, null, { index: 0, flow: [], item: null, inputText, startAt });
}

function startedEvent(start: NewExecution, roleArn: string, now: number): EventLog {
  const log = new EventLog(0);
  log.add('ExecutionStarted', now, 0, {
    input: start.inputText,
    inputDetails: { truncated: false },
    roleArn,
    stateMachineVersionArn: start.versionArn ?? undefined,
    stateMachineAliasArn: start.aliasArn ?? undefined,
  });
  return log;
}

/** What StartExecution's ARN stands for: the machine as it is, a version, or a version chosen by an alias. */
export interface StartTarget {
  readonly machineArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly revision: number;
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
}

export interface NewExecution extends StartTarget {
  readonly name: string;
  readonly arn: string;
  readonly inputText: string;
  readonly traceId: string;
  readonly mapRunArn: string | null;
  readonly itemIndex: number | null;
  readonly flow: FlowPath;
}
