import type { Context, ScheduledEvent } from 'aws-lambda';
import { findWorkflow, workflows } from '../agents/index.ts';
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

/** Each way is loaded when somebody takes it: a start would read the pages and operations of all of them. */
const ROUTES: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
  'POST /r/{id}': async (request) => {
    const { answerByPage } = await import('./answers/by-page.ts');
    return answerByPage(ports, request);
  },
  'POST /inbox': async (request) => {
    const { answerMany } = await import('./answers/many.ts');
    return answerMany(ports, request);
  },
  'POST /inbox/{id}': async (request) => {
    const { answerByInbox } = await import('./answers/by-inbox.ts');
    return answerByInbox(ports, request);
  },
  'POST /cases/{id}/overturn': async (request) => {
    const { overturnByForm } = await import('./answers/overturn-by-form.ts');
    return overturnByForm(ports, request);
  },
  'POST /api/cases/{id}/overturn': (request) =>
    asSignedIn(request, async (person) => {
      const { overturnByApi } = await import('./answers/overturn.ts');
      return overturnByApi(ports, request, person);
    }),
};

const answerSignedIn = (request: HttpRequest): Promise<HttpAnswer> =>
  asSignedIn(request, async (person) => {
    const { answerByApi } = await import('./answers/by-api.ts');
    return answerByApi(ports, request, person);
  });

/**
 * Whatever people decide. All ways to answer lead to the same operation: the page of the mail, the inbox, and the API for
 * people who are signed in; these may overturn a past decision too.
 */
const answer = fromHttp('answer-request', ports.telemetry, async (request) =>
  (ROUTES[request.routeKey] ?? answerSignedIn)(request),
);

async function sweep(event: ScheduledEvent, context: Context): Promise<unknown> {
  const { sweepAnswers } = await import('../shared/operations/sweep-answers.ts');
  const { sweepOverturnings } = await import('../shared/operations/sweep-overturnings.ts');
  const sweeps = [fromSchedule(sweepAnswers, ports), fromSchedule(sweepOverturnings, ports)];
  return Promise.all(sweeps.map((one) => one(event, context)));
}

/** The schedule comes here too: this is the one function that may wake an execution. */
export const handler = async (event: HttpRequest | ScheduledEvent, context: Context): Promise<unknown> =>
  'routeKey' in event ? answer(event, context) : sweep(event, context);
