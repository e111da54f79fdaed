import { findWorkflow } from '../agents/index.ts';
import { performAction } from '../shared/operations/perform-action.ts';
import { fromStep } from './triggers/from-step.ts';
import { asks, cases, clock, effects, mailer, requests, settings, sources, telemetry } from './wiring.ts';

export const handler = fromStep(performAction, {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  settings: settings(),
  sources: sources(),
  effects: effects(),
  asks: asks(),
  mailer: mailer(),
  clock,
  telemetry: telemetry(),
});
