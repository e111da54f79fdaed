import { AwsError, notBuilt } from '../../kernel/errors.ts';
import type { Caller, Json, JsonObject, Operation } from '../../kernel/service.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import { checkExecutionArn, machinePermission, parseMachineArn } from './arns.ts';
import { optionalText, pageSize, present, requiredText, seconds } from './fields.ts';
import { pageAfter, pageToken } from './page-token.ts';
import { executionMissing, machineMissing, validationError } from './refusals.ts';
import { resolveTarget, startExecution } from './start-execution.ts';
import type { Operations, StatesContext } from './states-context.ts';

/** Start, stop and show executions. */
export function executionOperations(context: StatesContext): Operations {
  return {
    StartExecution: startOperation(context),
    StartSyncExecution: startSync(context),
    StopExecution: stop(context),
    DescribeExecution: describe(context),
    DescribeStateMachineForExecution: describeMachine(context),
    ListExecutions: list(context),
  };
}

function startOperation(context: StatesContext): Operation {
  return {
    permissions: (input) => [machinePermission('StartExecution', String(input['stateMachineArn']))],
    run: async (input, caller) => {
      const execution = await startExecution(context, input, caller);
      return { executionArn: execution.arn, startDate: seconds(execution.startedAtMs) };
    },
  };
}

function startSync(context: StatesContext): Operation {
  return {
    permissions: (input) => [machinePermission('StartSyncExecution', String(input['stateMachineArn']))],
    run: async (input, caller: Caller) => {
      const arn = requiredText(input, 'stateMachineArn');
      if (resolveTarget(context, arn).type !== 'EXPRESS') {
        throw new AwsError(
          'StateMachineTypeNotSupported',
          'This operation is not supported by this type of state machine',
        );
      }
      const started = await startExecution(context, input, caller);
      return syncAnswer(await context.whenEnded(started.id));
    },
  };
}

function syncAnswer(execution: ExecutionRecord): JsonObject {
  const durationMs = (execution.endedAtMs ?? execution.startedAtMs) - execution.startedAtMs;
  return present({
    ...describeExecution(execution),
    redriveCount: undefined,
    redriveStatus: undefined,
    redriveStatusReason: undefined,
    billingDetails: {
      billedDurationInMilliseconds: Math.max(100, Math.ceil(durationMs / 100) * 100),
      billedMemoryUsedInMB: 64,
    },
  });
}

function stop(context: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:StopExecution', resource: String(input['executionArn']) }],
    run: async (input) => {
      const execution = found(context, input);
      const end = {
        status: 'ABORTED',
        error: optionalText(input, 'error'),
        cause: optionalText(input, 'cause'),
      } as const;
      await context.engine.post(execution.id, { type: 'finish', end });
      const ended = context.records.executions.get(execution.id);
      return { stopDate: seconds(ended?.endedAtMs ?? context.clock.now()) };
    },
  };
}

function describe(context: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:DescribeExecution', resource: String(input['executionArn']) }],
    run: (input) => {
      const shown = describeExecution(found(context, input));
      if (optionalText(input, 'includedData') !== 'METADATA_ONLY') return shown;
      const { input: _input, output: _output, error: _error, cause: _cause, ...metadata } = shown;
      return metadata;
    },
  };
}

/** An execution as DescribeExecution tells it. */
export function describeExecution(execution: ExecutionRecord): JsonObject {
  const canRedrive = execution.status !== 'RUNNING' && execution.status !== 'SUCCEEDED';
  return present({
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startedAtMs),
    stopDate: execution.endedAtMs === null ? undefined : seconds(execution.endedAtMs),
    input: execution.inputText,
    inputDetails: { included: true },
    output: execution.outputText,
    outputDetails: execution.outputText === null ? undefined : { included: true },
    error: execution.error,
    cause: execution.cause,
    stateMachineVersionArn: execution.versionArn,
    stateMachineAliasArn: execution.aliasArn,
    mapRunArn: execution.mapRunArn,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redrivenAtMs === null ? undefined : seconds(execution.redrivenAtMs),
    redriveStatus: canRedrive ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: canRedrive ? undefined : notRedrivable(execution),
  });
}

function notRedrivable({ status }: ExecutionRecord): string {
  return status === 'RUNNING'
    ? 'Execution is RUNNING and cannot be redriven'
    : 'Execution is SUCCEEDED and cannot be redriven';
}

function describeMachine(context: StatesContext): Operation {
  return {
    permissions: (input) => [
      { action: 'states:DescribeStateMachineForExecution', resource: String(input['executionArn']) },
    ],
    run: (input) => {
      const execution = found(context, input);
      const revision = context.records.machines.revision(execution.revision);
      if (revision === null) throw machineMissing(execution.machineArn);
      const machine = context.records.machines.find(execution.machineArn);
      return present({
        stateMachineArn: execution.machineArn,
        name: parseMachineArn(execution.machineArn).machineName,
        definition: revision.definition,
        roleArn: revision.roleArn,
        updateDate: seconds(revision.createdAtMs),
        ...machine?.settings,
        mapRunArn: execution.mapRunArn,
        revisionId: revision.revisionId,
      });
    },
  };
}

function list(context: StatesContext): Operation {
  const { executions } = context.records;
  return {
    permissions: (input) => [
      typeof input['stateMachineArn'] === 'string'
        ? machinePermission('ListExecutions', input['stateMachineArn'])
        : { action: 'states:ListExecutions', resource: String(input['mapRunArn']) },
    ],
    run: (input) => {
      const limit = pageSize(input);
      const after = pageAfter(input);
      const rows = executions.list({
        ...listTarget(context, input),
        status: optionalText(input, 'statusFilter'),
        before: after === null ? null : Number(after),
        limit: limit + 1,
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return present({
        executions: rows.slice(0, limit).map(listed),
        nextToken: last === undefined ? undefined : pageToken(last.id),
      });
    },
  };
}

function listTarget(
  context: StatesContext,
  input: JsonObject,
): { machineArn: string | null; mapRunArn: string | null; qualifiedArn: string | null } {
  if (optionalText(input, 'redriveFilter') !== null)
    throw notBuilt('Step Functions', 'the redriveFilter of ListExecutions');
  const mapRunArn = optionalText(input, 'mapRunArn');
  if (mapRunArn !== null) return { machineArn: null, mapRunArn, qualifiedArn: null };
  const arn = optionalText(input, 'stateMachineArn');
  if (arn === null) throw validationError('Must specify exactly one of stateMachineArn and mapRunArn');
  const { machineArn, qualifier } = parseMachineArn(arn);
  const machine = context.records.machines.find(machineArn);
  if (machine === null) throw machineMissing(arn);
  if (machine.type === 'EXPRESS') {
    throw new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  }
  return { machineArn, mapRunArn: null, qualifiedArn: qualifier === null ? null : arn };
}

function listed(execution: ExecutionRecord): Json {
  return present({
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startedAtMs),
    stopDate: execution.endedAtMs === null ? undefined : seconds(execution.endedAtMs),
    mapRunArn: execution.mapRunArn,
    itemCount: execution.mapRunArn === null ? undefined : 1,
    stateMachineVersionArn: execution.versionArn,
    stateMachineAliasArn: execution.aliasArn,
    redriveCount: execution.redriveCount,
  });
}

/** The execution that a request names. Throws InvalidArn and ExecutionDoesNotExist. */
export function found(context: StatesContext, input: JsonObject): ExecutionRecord {
  const arn = checkExecutionArn(requiredText(input, 'executionArn'));
  const execution = context.records.executions.find(arn);
  if (execution === null) throw executionMissing(arn);
  return execution;
}
