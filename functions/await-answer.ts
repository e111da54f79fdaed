import { awaitAnswer } from '../shared/operations/await-answer.ts';
import { fromStep } from './triggers/from-step.ts';
import { telemetry, tokens } from './wiring.ts';

export const handler = fromStep(awaitAnswer, { tokens: tokens(), telemetry: telemetry() });
