import { findWorkflow } from '../agents/index.ts';
import { answerByApi } from './answers/by-api.ts';
import { answerByInbox } from './answers/by-inbox.ts';
import { answerByPage } from './answers/by-page.ts';
import { answerMany } from './answers/many.ts';
import { fromHttp, type HttpAnswer, type HttpRequest } from './triggers/http.ts';
import {
  caseExecutions,
  cases,
  clock,
  ids,
  people,
  publicUrl,
  requests,
  settings,
  signIn,
  telemetry,
  tokens,
} from './wiring.ts';

const ports = {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
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
};

/** All ways to answer lead to the same operation: the page of the mail, the inbox, and the API for who is signed in. */
export const handler = fromHttp('answer-request', ports.telemetry, async (request) =>
  (ROUTES[request.routeKey] ?? ((other) => answerByApi(ports, other)))(request),
);
