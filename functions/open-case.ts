import { findWorkflow } from '../agents/index.ts';
import { openCase } from '../shared/operations/open-case.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, settings, subjects, telemetry, versionsOf } from './wiring.ts';

export const handler = fromStep(openCase, {
  findWorkflow,
  cases: cases(),
  settings: settings(),
  subjects: subjects(),
  versionsOf: versionsOf(),
  clock,
  telemetry: telemetry(),
});
