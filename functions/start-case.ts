import { findWorkflow } from '../agents/index.ts';
import { startCase } from '../shared/operations/start-case.ts';
import { fromQueue } from './triggers/from-queue.ts';
import {
  batchExecutions,
  caseExecutions,
  cases,
  clock,
  files,
  intake,
  settings,
  sources,
  subjects,
  telemetry,
  versionsOf,
} from './wiring.ts';

export const handler = fromQueue(startCase, {
  findWorkflow,
  cases: cases(),
  settings: settings(),
  subjects: subjects(),
  versionsOf: versionsOf(),
  executions: caseExecutions(),
  batches: batchExecutions(),
  intake: intake(),
  files: files(),
  sources: sources(),
  clock,
  telemetry: telemetry(),
});
