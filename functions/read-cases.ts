import * as z from 'zod';
import { workflows } from '../agents/index.ts';
import {
  ListCases,
  ListRequests,
  listCases,
  listRequests,
  NotYoursError,
  ReadCase,
  readCase,
} from '../shared/operations/read-cases.ts';
import { fromHttp, type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { personOf } from './triggers/signed-in.ts';
import { cases, requests, telemetry } from './wiring.ts';

const ports = { workflows, cases: cases(), requests: requests() };

const ROUTES: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
  'GET /api/cases/{id}': oneCase,
  'GET /api/cases': async (request) => {
    const { items, next } = await listCases.run(ports, ListCases.parse(queryOf(request)));
    return json(200, { items: items.map(({ id, ...rest }) => ({ caseId: id, ...rest })), cursor: next });
  },
  'GET /api/requests': async (request) => {
    const { items, next } = await listRequests.run(ports, ListRequests.parse(queryOf(request)));
    return json(200, { items, cursor: next });
  },
};

/** What people who are signed in may read. */
export const handler = fromHttp('read-cases', telemetry(), async (request) => {
  if (personOf(request) === null) return json(401, { message: 'Please sign in.' });
  try {
    return await (ROUTES[request.routeKey]?.(request) ?? json(404, { message: 'Not Found' }));
  } catch (error) {
    if (error instanceof NotYoursError) return json(403, { message: error.message });
    const isBadQuery = error instanceof z.ZodError || error instanceof SyntaxError;
    if (isBadQuery)
      return json(400, {
        message: error instanceof z.ZodError ? z.prettifyError(error) : 'The cursor is not one of ours.',
      });
    throw error;
  }
});

/** What was asked for, by whom. */
function queryOf(request: HttpRequest): Record<string, string | undefined> {
  return { ...request.queryStringParameters, person: personOf(request)?.email };
}

async function oneCase(request: HttpRequest): Promise<HttpAnswer> {
  const { ledger: wish, person } = queryOf(request);
  const wanted = ReadCase.parse({ caseId: request.pathParameters?.['id'], withLedger: wish === 'true', person });
  const whole = await readCase.run(ports, wanted);
  if (whole === null) return json(404, { message: `There is no case ${wanted.caseId}.` });
  const { case: head, actions, requests: asked, ledger } = whole;
  const { id, ledger: chain, ...fields } = head;
  return json(200, {
    caseId: id,
    ...fields,
    phase: head.settings.phase,
    costUsd: head.usage.costUsd,
    chain,
    actions,
    requests: asked,
    ...(ledger === null ? {} : { ledger }),
  });
}
