import middy from '@middy/core';
import type { EventBridgeEvent } from 'aws-lambda';
import * as z from 'zod';
import { FailedExecution, rescueCase } from '../shared/operations/rescue-case.ts';
import { caseExecutions, cases, clock, requests, steps, telemetry } from './wiring.ts';

const ports = {
  ...{ cases: cases(), requests: requests(), steps: steps(), clock },
  ...{ executions: caseExecutions(), telemetry: telemetry() },
};

/** The part of "Step Functions Execution Status Change" that is used. */
const StatusChange = z.object({
  name: z.string(),
  status: FailedExecution.shape.status,
  error: z.string().nullish(),
  cause: z.string().nullish(),
  input: z.string().nullish(),
});

export const handler = middy(async (event: EventBridgeEvent<string, unknown>) => {
  const { error = null, cause = null, input = null, ...rest } = StatusChange.parse(event.detail);
  return rescueCase.run(ports, { ...rest, error, cause, input });
});
