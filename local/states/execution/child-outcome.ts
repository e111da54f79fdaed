import type { Json, JsonObject } from '../../kernel/service.ts';
import { STATES_ERROR } from '../asl/failure.ts';
import type { TaskOutcome } from '../asl/strand.ts';
import type { ExecutionRecord } from '../records/executions.ts';

/** What a `.sync` task gives for a child execution that has ended; with `.sync:2` input and output are JSON, not text. */
export function childOutcome(child: ExecutionRecord, isParsed: boolean): TaskOutcome {
  const shown = describeChild(child, isParsed);
  if (child.status === 'SUCCEEDED') return { ok: true, output: shown };
  return { ok: false, error: STATES_ERROR.taskFailed, cause: JSON.stringify(shown) };
}

function describeChild(child: ExecutionRecord, isParsed: boolean): JsonObject {
  const data = (text: string): Json => (isParsed ? (JSON.parse(text) as Json) : text);
  const shown: Record<string, Json> = { ExecutionArn: child.arn };
  if (child.error !== null) shown['Error'] = child.error;
  if (child.cause !== null) shown['Cause'] = child.cause;
  shown['Input'] = data(child.inputText);
  shown['InputDetails'] = { Included: true };
  shown['Name'] = child.name;
  if (child.outputText !== null) {
    shown['Output'] = data(child.outputText);
    shown['OutputDetails'] = { Included: true };
  }
  shown['StartDate'] = child.startedAtMs;
  shown['StateMachineArn'] = child.machineArn;
  shown['Status'] = child.status;
  shown['StopDate'] = child.endedAtMs;
  return shown;
}
