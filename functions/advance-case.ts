import { findWorkflow } from '../agents/index.ts';
import { advanceCase } from '../shared/operations/advance-case.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, history, readings, records, requests, settings, shapes, telemetry } from './wiring.ts';

export const handler = fromStep(advanceCase, {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  shapes: shapes(),
  records: records(),
  history: history(),
  readings: readings(),
  settings: settings(),
  clock,
  telemetry: telemetry(),
});
