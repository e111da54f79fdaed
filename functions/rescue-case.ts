import middy from '@middy/core';
import type { EventBridgeEvent } from 'aws-lambda';
import * as z from 'zod';
import { FailedExecution, rescueCase } from '../shared/operations/rescue-case.ts';
import { caseExecutions, caseExecutionsOf, cases, clock, requests, telemetry } from './wiring.ts';

const ports = { cases: cases(), requests: requests(), clock, executions: caseExecutions(), telemetry: telemetry() };

/** The part of "Step Functions Execution Status Change" that is used. */
const StatusChange = z.object({
  name: z.string(),
  status: FailedExecution.shape.status,
  error: z.string().nullish(),
  cause: z.string().nullish(),
  input: z.string().nullish(),
  /** The version that the case began with; null for one that was started without. */
  stateMachineVersionArn: z.string().nullish(),
});

export const handler = middy(async (event: EventBridgeEvent<string, unknown>) => {
  const {
    error = null,
    cause = null,
    input = null,
    stateMachineVersionArn,
    ...rest
  } = StatusChange.parse(event.detail);
  const executions = stateMachineVersionArn ? caseExecutionsOf(stateMachineVersionArn) : ports.executions;
  return rescueCase.run({ ...ports, executions }, { ...rest, error, cause, input });
});
