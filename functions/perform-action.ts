import { findWorkflow } from '../agents/index.ts';
import { performStep } from '../shared/operations/steps/perform-step.ts';
import { fromStep } from './triggers/from-step.ts';
import {
  askExecutions,
  cases,
  clock,
  effects,
  mailer,
  records,
  requests,
  settings,
  shapes,
  sources,
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
