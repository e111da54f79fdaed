import { findWorkflow } from '../agents/index.ts';
import { openRequest } from '../shared/operations/open-request.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, chat, clock, ids, mailer, people, publicUrl, records, requests, telemetry } from './wiring.ts';

export const handler = fromStep(openRequest, {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
  records: records(),
  mailer: mailer(),
  chat: chat(),
  publicUrl: publicUrl(),
  clock,
  ids,
  telemetry: telemetry(),
});
