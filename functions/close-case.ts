import { closeCase } from '../shared/operations/close-case.ts';
import { fromStep } from './triggers/from-step.ts';
import { caseExecutions, cases, clock, telemetry } from './wiring.ts';

export const handler = fromStep(closeCase, {
  cases: cases(),
  executions: caseExecutions(),
  clock,
  telemetry: telemetry(),
});
