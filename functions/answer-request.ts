import { findWorkflow } from '../agents/index.ts';
import { answerByApi } from './answers/by-api.ts';
import { answerByPage } from './answers/by-page.ts';
import { overturnByApi } from './answers/overturn.ts';
import { fromHttp } from './triggers/http.ts';
import { caseExecutions, cases, clock, people, requests, settings, telemetry, tokens } from './wiring.ts';

const ports = {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
  settings: settings(),
  tokens: tokens(),
  executions: caseExecutions(),
  clock,
  telemetry: telemetry(),
};

/**
 * Whatever people decide. Both ways to answer lead to the same operation: the page of the mail, and the API for people who
 * are signed in; these may overturn a past decision too.
 */
export const handler = fromHttp('answer-request', ports.telemetry, async (request) => {
  if (request.routeKey.startsWith('POST /r/')) return answerByPage(ports, request);
  return request.routeKey === 'POST /api/cases/{id}/overturn'
    ? overturnByApi(ports, request)
    : answerByApi(ports, request);
});
