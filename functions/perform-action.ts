import { findWorkflow } from '../agents/index.ts';
import { performAction } from '../shared/operations/perform-action.ts';
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
  telemetry,
} from './wiring.ts';

export const handler = fromStep(performAction, {
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
  telemetry: telemetry(),
});
