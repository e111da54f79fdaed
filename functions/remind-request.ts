import { findWorkflow } from '../agents/index.ts';
import { remindRequest } from '../shared/operations/remind-request.ts';
import { chat } from './connectors/chat.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, ids, mailer, people, publicUrl, requests, telemetry } from './wiring.ts';

export const handler = fromStep(remindRequest, {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
  mailer: mailer(),
  chat: chat(),
  publicUrl: publicUrl(),
  clock,
  ids,
  telemetry: telemetry(),
});
