import { randomUUID } from 'node:crypto';
import { AwsError } from '../../kernel/errors.ts';
import type { Caller, JsonObject } from '../../kernel/service.ts';
import { isTooLarge } from '../asl/data-size.ts';
import type { FlowPath, Machine } from '../asl/definition.ts';
import { flowAt } from '../asl/definition.ts';
import { EventLog } from '../asl/event-log.ts';
import { parseDefinition } from '../asl/parse-definition.ts';
import { newStrand } from '../asl/strand-source.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import { executionArn, expressExecutionArn, parseMachineArn } from './arns.ts';
import { checkedName, optionalText, requiredText } from './fields.ts';
import { machineMissing, validationError } from './refusals.ts';
import type { StatesContext } from './states-context.ts';

/**
 * Starts an execution, or finds the one that the same call has started before: same name, same input, still running.
 * Settles once it is on disk.
 */
export async function startExecution(
  context: StatesContext,
  input: JsonObject,
  caller: Caller,
): Promise<ExecutionRecord> {
  const target = resolveTarget(context, requiredText(input, 'stateMachineArn'));
  const name = checkedName(optionalText(input, 'name') ?? randomUUID());
  const inputText = checkedInput(optionalText(input, 'input') ?? '{}');
  const isExpress = target.type === 'EXPRESS';
  const start: NewExecution = {
    ...target,
    name,
    arn: isExpress ? expressExecutionArn(target.machineArn, name, randomUUID()) : executionArn(target.machineArn, name),
    inputText,
    traceId: caller.traceId ?? name,
    mapRunArn: null,
    itemIndex: null,
    flow: [],
  };
  const started = await context.store.write(() => insertOnce(context, start));
  if (started.isNew) await beginExecution(context, started.execution);
  return started.execution;
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

export function resolveTarget(context: StatesContext, arn: string): StartTarget {
  const { machines } = context.records;
  const { machineArn, qualifier } = parseMachineArn(arn);
  const machine = machines.find(machineArn);
  if (machine === null) throw machineMissing(arn);
  const target = { machineArn, type: machine.type };
  if (qualifier === null) return { ...target, revision: machine.revision.id, versionArn: null, aliasArn: null };
  const alias = machines.findAlias(arn);
  const versionArn = alias === null ? arn : chooseRoute(alias.routes, context.random());
  const version = machines.findVersion(versionArn);
  if (version === null) throw machineMissing(arn);
  return { ...target, revision: version.revision, versionArn, aliasArn: alias === null ? null : arn };
}

function chooseRoute(
  routes: readonly { readonly stateMachineVersionArn: string; readonly weight: number }[],
  chance: number,
): string {
  let passed = 0;
  for (const { stateMachineVersionArn, weight } of routes) {
    passed += weight;
    if (chance * 100 < passed) return stateMachineVersionArn;
  }
  return routes.at(-1)?.stateMachineVersionArn ?? '';
}

function checkedInput(text: string): string {
  if (isTooLarge(text)) {
    throw validationError(
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    );
  }
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new AwsError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${error instanceof Error ? error.message : String(error)}'`,
    );
  }
}

/** A name is free again 90 days after its execution has ended. */
const NAME_KEPT_MS = 90 * 86_400_000;

function insertOnce(
  context: StatesContext,
  start: NewExecution,
): { readonly execution: ExecutionRecord; readonly isNew: boolean } {
  const { executions } = context.records;
  const existing = executions.find(start.arn);
  if (existing?.status === 'RUNNING' && existing.inputText === start.inputText)
    return { execution: existing, isNew: false };
  if (existing !== null) {
    if (existing.endedAtMs === null || context.clock.now() - existing.endedAtMs < NAME_KEPT_MS) {
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${start.arn}'`);
    }
    executions.remove(existing.id);
  }
  return { execution: insertExecution(context, start), isNew: true };
}

/** Writes a new execution with its first event and its root strand. Belongs into a write of the store. */
export function insertExecution({ records, clock }: StatesContext, start: NewExecution): ExecutionRecord {
  const revision = records.machines.revision(start.revision);
  if (revision === null) throw machineMissing(start.machineArn);
  const machine = parseDefinition(revision.definition);
  const now = clock.now();
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
  records.strands.insert(id, rootStrand(flowAt(machine, start.flow).startAt, start.inputText, start.type));
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

function rootStrand(startAt: string, inputText: string, type: 'STANDARD' | 'EXPRESS'): ReturnType<typeof newStrand> {
  const strand = newStrand(0, null, { index: 0, flow: [], item: null, inputText, startAt });
  return { ...strand, lastEventId: type === 'STANDARD' ? 1 : 0 };
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

/** Lets an execution that is on disk move. */
export async function beginExecution(context: StatesContext, execution: ExecutionRecord): Promise<void> {
  context.onStarted(execution);
  if (execution.dueAtMs !== null) context.engine.noteDue(execution.dueAtMs);
  void context.engine.post(execution.id, { type: 'continue' });
}
