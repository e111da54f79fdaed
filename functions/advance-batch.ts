import { findWorkflow } from '../agents/index.ts';
import { advanceBatch } from '../shared/operations/batches/advance-batch.ts';
import { fromStep } from './triggers/from-step.ts';
import { batchStore, cases, files, intake, mailer, telemetry } from './wiring.ts';

export const handler = fromStep(advanceBatch, {
  findWorkflow,
  batchStore: batchStore(),
  cases: cases(),
  mailer: mailer(),
  files: files(),
  intake: intake(),
  telemetry: telemetry(),
});
