import type { Context, ScheduledEvent } from 'aws-lambda';
import { findWorkflow } from '../agents/index.ts';
import { sweepAnswers } from '../shared/operations/sweep-answers.ts';
import { answerByApi } from './answers/by-api.ts';
import { answerByPage } from './answers/by-page.ts';
import { overturnByApi } from './answers/overturn.ts';
import { fromSchedule } from './triggers/from-schedule.ts';
import { fromHttp, type HttpRequest } from './triggers/http.ts';
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

/**
 * Whatever people decide. Both ways to answer lead to the same operation: the page of the mail, and the API for people who
 * are signed in; these may overturn a past decision too.
 */
const answer = fromHttp('answer-request', ports.telemetry, async (request) => {
  if (request.routeKey.startsWith('POST /r/')) return answerByPage(ports, request);
  return request.routeKey === 'POST /api/cases/{id}/overturn'
    ? overturnByApi(ports, request)
    : answerByApi(ports, request);
});

const sweep = fromSchedule(sweepAnswers, ports);

/** The schedule comes here too: this is the one function that may wake an execution. */
export const handler = async (event: HttpRequest | ScheduledEvent, context: Context): Promise<unknown> =>
  'routeKey' in event ? answer(event, context) : sweep(event, context);
