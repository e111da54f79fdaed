import { findWorkflow } from '../agents/index.ts';
import { startCase } from '../shared/operations/start-case.ts';
import { fromQueue } from './triggers/from-queue.ts';
import { batchExecutions, caseExecutions, files, intake, sources, telemetry } from './wiring.ts';

export const handler = fromQueue(startCase, {
  findWorkflow,
  executions: caseExecutions(),
  batches: batchExecutions(),
  intake: intake(),
  files: files(),
  sources: sources(),
  telemetry: telemetry(),
});
