import { findWorkflow } from '../agents/index.ts';
import { openCase } from '../shared/operations/open-case.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, settings, subjects, telemetry, versionsOf } from './wiring.ts';

/**
 * For cases that began on a release whose machine opened them itself, and are gone on with: its versions may not be called
 * any more once the function is gone.
 */
export const handler = fromStep(openCase, {
  findWorkflow,
  cases: cases(),
  settings: settings(),
  subjects: subjects(),
  versionsOf: versionsOf(),
  clock,
  telemetry: telemetry(),
});
