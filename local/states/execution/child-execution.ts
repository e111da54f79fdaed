import { randomUUID } from 'node:crypto';
import type { FlowPath } from '../asl/definition.ts';
import type { ExecutionEnd } from '../asl/execution-end.ts';
import type { MapRun, Strand } from '../asl/strand.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import type { NewExecution } from './insert-execution.ts';

/** `arn:aws:states:eu-west-1:000000000000:mapRun:machine/Label:...` */
export function mapRunArn(machineArn: string, label: string): string {
  return `${machineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${randomUUID()}`;
}

/** `arn:aws:states:eu-west-1:000000000000:execution:machine/Label:...` */
export function childExecutionArn(machineArn: string, label: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}/${label}:${randomUUID()}`;
}

/** One iteration of a distributed Map as the execution that it runs as. */
export function childExecution(
  parent: ExecutionRecord,
  strand: Strand,
  mapRun: MapRun,
  { flow, type }: { readonly flow: FlowPath; readonly type: 'STANDARD' | 'EXPRESS' },
): NewExecution {
  const arn = strand.waitsFor ?? '';
  return {
    machineArn: parent.machineArn,
    type,
    revision: parent.revision,
    versionArn: parent.versionArn,
    aliasArn: parent.aliasArn,
    name: arn.split(':').at(-1) ?? '',
    arn,
    inputText: strand.inputText,
    traceId: parent.traceId,
    mapRunArn: mapRun.arn,
    itemIndex: strand.index,
    flow,
  };
}

export function endOf(execution: ExecutionRecord): ExecutionEnd {
  const { status, outputText, error, cause } = execution;
  if (status === 'SUCCEEDED') return { status, outputText: outputText ?? 'null' };
  return { status: status === 'RUNNING' ? 'ABORTED' : status, error, cause };
}
