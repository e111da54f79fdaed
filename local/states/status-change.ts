import type { JsonObject } from '../kernel/service.ts';
import type { ExecutionRecord } from './records/executions.ts';

/** Input and output above this size together stay out of the event. */
const MOST_DATA = 248_000;

/** Detail of the EventBridge event `Step Functions Execution Status Change`. Times are milliseconds. */
export function statusChangeDetail(execution: ExecutionRecord): JsonObject {
  const fits = execution.inputText.length + (execution.outputText?.length ?? 0) <= MOST_DATA;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: execution.startedAtMs,
    stopDate: execution.endedAtMs,
    input: fits ? execution.inputText : null,
    inputDetails: { included: fits },
    output: fits ? execution.outputText : null,
    outputDetails: execution.outputText === null ? null : { included: fits },
    error: execution.error,
    cause: execution.cause,
    stateMachineVersionArn: execution.versionArn,
    stateMachineAliasArn: execution.aliasArn,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redrivenAtMs,
    redriveStatus: execution.status === 'RUNNING' || execution.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    redriveStatusReason: null,
  };
}
