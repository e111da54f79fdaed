import { findWorkflow } from '../agents/index.ts';
import { performStep } from '../shared/operations/steps/perform-step.ts';
import { effects, sources } from './connectors/wiring.ts';
import { fromStep } from './triggers/from-step.ts';
import {
  askExecutions,
  cases,
  clock,
  mailer,
  records,
  requests,
  settings,
  shapes,
  steps,
  telemetry,
} from './wiring.ts';

export const handler = fromStep(performStep, {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  records: records(),
  settings: settings(),
  shapes: shapes(),
  sources: sources(),
  effects: effects(),
  asks: askExecutions(),
  mailer: mailer(),
  clock,
  steps: steps(),
  telemetry: telemetry(),
});
