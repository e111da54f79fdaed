import { findWorkflow } from '../agents/index.ts';
import { answerByApi } from './answers/by-api.ts';
import { answerByPage } from './answers/by-page.ts';
import { fromHttp } from './triggers/http.ts';
import { caseExecutions, cases, clock, people, records, requests, settings, telemetry, tokens } from './wiring.ts';

const ports = {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
  records: records(),
  settings: settings(),
  tokens: tokens(),
  executions: caseExecutions(),
  clock,
  telemetry: telemetry(),
};

/** Both ways to answer lead to the same operation: the page of the mail, and the API for people who are signed in. */
export const handler = fromHttp('answer-request', ports.telemetry, async (request) =>
  request.routeKey.startsWith('POST /r/') ? answerByPage(ports, request) : answerByApi(ports, request),
);
