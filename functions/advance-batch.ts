import { findWorkflow } from '../agents/index.ts';
import { advanceBatch } from '../shared/operations/batches/advance-batch.ts';
import { files, intake } from './queues/wiring.ts';
import { fromStep } from './triggers/from-step.ts';
import { batchStore, cases, mailer, telemetry } from './wiring.ts';

export const handler = fromStep(advanceBatch, {
  findWorkflow,
  batchStore: batchStore(),
  cases: cases(),
  mailer: mailer(),
  files: files(),
  intake: intake(),
  telemetry: telemetry(),
});
