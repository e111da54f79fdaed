import { randomUUID } from 'node:crypto';
import { AwsError } from '../../kernel/errors.ts';
import type { Caller, JsonObject } from '../../kernel/service.ts';
import { isTooLarge } from '../asl/data-size.ts';
import type { NewExecution, StartTarget } from '../execution/insert-execution.ts';
import { insertExecution } from '../execution/insert-execution.ts';
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
  if (started.isNew) {
    context.onStarted(started.execution);
    context.engine.begin(started.execution);
  }
  return started.execution;
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
  return { execution: insertExecution(context.records, start, context.clock.now()), isNew: true };
}
