import { findWorkflow } from '../agents/index.ts';
import { startCase } from '../shared/operations/start-case.ts';
import { sourcesLater } from './connectors/later.ts';
import { intakeLater } from './queues/later.ts';
import { fromQueue } from './triggers/from-queue.ts';
import {
  batchExecutions,
  batchStore,
  caseExecutions,
  cases,
  clock,
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
  intake: intakeLater,
  sources: sourcesLater,
  clock,
  telemetry: telemetry(),
});
