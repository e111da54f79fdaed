import { closeCase } from '../shared/operations/close-case.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, telemetry } from './wiring.ts';

export const handler = fromStep(closeCase, { cases: cases(), clock, telemetry: telemetry() });
