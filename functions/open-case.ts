import { findWorkflow } from '../agents/index.ts';
import { openCase } from '../shared/operations/open-case.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, settings, telemetry, versionsOf } from './wiring.ts';

export const handler = fromStep(openCase, {
  findWorkflow,
  cases: cases(),
  settings: settings(),
  versionsOf: versionsOf(),
  clock,
  telemetry: telemetry(),
});
