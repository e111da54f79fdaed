import { findWorkflow } from '../agents/index.ts';
import { tellOutcome } from '../shared/operations/tell-outcome.ts';
import { chat } from './connectors/chat.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, mailer, people, publicUrl, requests, telemetry } from './wiring.ts';

export const handler = fromStep(tellOutcome, {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
  mailer: mailer(),
  chat: chat(),
  publicUrl: publicUrl(),
  clock,
  telemetry: telemetry(),
});
