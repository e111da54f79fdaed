import { findWorkflow } from '../agents/index.ts';
import { startCase } from '../shared/operations/start-case.ts';
import { sources } from './connectors/wiring.ts';
import { fromQueue } from './triggers/from-queue.ts';
import {
  batchExecutions,
  batchStore,
  caseExecutions,
  cases,
  clock,
  intake,
  settings,
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
  batchStore: batchStore(),
  batches: batchExecutions(),
  intake: intake(),
  sources: sources(),
  clock,
  telemetry: telemetry(),
});
