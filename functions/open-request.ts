import { findWorkflow } from '../agents/index.ts';
import { askStep } from '../shared/operations/steps/ask-step.ts';
import { chat } from './connectors/chat.ts';
import { fromStep } from './triggers/from-step.ts';
import { cases, clock, ids, mailer, people, publicUrl, records, requests, steps, telemetry } from './wiring.ts';

export const handler = fromStep(askStep, {
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
  steps: steps(),
  telemetry: telemetry(),
});
