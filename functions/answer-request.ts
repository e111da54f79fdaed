import type { Context, ScheduledEvent } from 'aws-lambda';
import { findWorkflow, workflows } from '../agents/index.ts';
import { sweepAnswers } from '../shared/operations/sweep-answers.ts';
import { sweepOverturnings } from '../shared/operations/sweep-overturnings.ts';
import { answerByApi } from './answers/by-api.ts';
import { answerByInbox } from './answers/by-inbox.ts';
import { answerByPage } from './answers/by-page.ts';
import { answerMany } from './answers/many.ts';
import { overturnByApi } from './answers/overturn.ts';
import { overturnByForm } from './answers/overturn-by-form.ts';
import { fromSchedule } from './triggers/from-schedule.ts';
import { asSignedIn } from './triggers/from-signed-in.ts';
import { fromHttp, type HttpAnswer, type HttpRequest } from './triggers/http.ts';
import {
  caseExecutions,
  cases,
  clock,
  history,
  ids,
  people,
  publicUrl,
  records,
  requests,
  settings,
  signIn,
  telemetry,
  tokens,
} from './wiring.ts';

const ports = {
  workflows,
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
  records: records(),
  history: history(),
  settings: settings(),
  tokens: tokens(),
  executions: caseExecutions(),
  signIn: signIn(),
  publicUrl: publicUrl(),
  clock,
  ids,
  telemetry: telemetry(),
};

const ROUTES: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
  'POST /r/{id}': (request) => answerByPage(ports, request),
  'POST /inbox': (request) => answerMany(ports, request),
  'POST /inbox/{id}': (request) => answerByInbox(ports, request),
  'POST /cases/{id}/overturn': (request) => overturnByForm(ports, request),
  'POST /api/cases/{id}/overturn': (request) => asSignedIn(request, (person) => overturnByApi(ports, request, person)),
};

const answerSignedIn = (request: HttpRequest): Promise<HttpAnswer> =>
  asSignedIn(request, (person) => answerByApi(ports, request, person));

/**
 * Whatever people decide. All ways to answer lead to the same operation: the page of the mail, the inbox, and the API for
 * people who are signed in; these may overturn a past decision too.
 */
const answer = fromHttp('answer-request', ports.telemetry, async (request) =>
  (ROUTES[request.routeKey] ?? answerSignedIn)(request),
);

const sweeps = [fromSchedule(sweepAnswers, ports), fromSchedule(sweepOverturnings, ports)];

/** The schedule comes here too: this is the one function that may wake an execution. */
export const handler = async (event: HttpRequest | ScheduledEvent, context: Context): Promise<unknown> =>
  'routeKey' in event ? answer(event, context) : Promise.all(sweeps.map((sweep) => sweep(event, context)));
