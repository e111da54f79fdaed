import { findWorkflow } from '../agents/index.ts';
import { advanceStep } from '../shared/operations/steps/advance-step.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, history, readings, records, requests, settings, shapes, steps, telemetry } from './wiring.ts';

export const handler = fromStep(advanceStep, {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  shapes: shapes(),
  records: records(),
  history: history(),
  readings: readings(),
  settings: settings(),
  clock,
  steps: steps(),
  telemetry: telemetry(),
});
