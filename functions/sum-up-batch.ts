import { findWorkflow } from '../agents/index.ts';
import { sumUpBatch } from '../shared/operations/sum-up-batch.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, mailer, storedFiles, telemetry } from './wiring.ts';

export const handler = fromStep(sumUpBatch, {
  findWorkflow,
  cases: cases(),
  mailer: mailer(),
  files: storedFiles(),
  telemetry: telemetry(),
});
