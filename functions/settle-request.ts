import { findWorkflow } from '../agents/index.ts';
import { settleRequest } from '../shared/operations/settle-request.ts';
import { fromStep } from './triggers/from-step.ts';
import { caseExecutions, cases, clock, records, requests, telemetry } from './wiring.ts';

export const handler = fromStep(settleRequest, {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  records: records(),
  executions: caseExecutions(),
  clock,
  telemetry: telemetry(),
});
