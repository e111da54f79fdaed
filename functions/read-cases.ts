import * as z from 'zod';
import { findWorkflow, workflows } from '../agents/index.ts';
import { ListExamples, listExamples } from '../shared/operations/list-examples.ts';
import {
  ListCases,
  ListRequests,
  listCases,
  listRequests,
  ReadCase,
  readCase,
} from '../shared/operations/read-cases.ts';
import { ReadConsequences, readConsequences } from '../shared/operations/read-consequences.ts';
import { fromHttp, type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { cases, examples, requests, telemetry } from './wiring.ts';

const ports = { workflows, findWorkflow, cases: cases(), requests: requests(), examples: examples() };

const ROUTES: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
  'GET /api/cases/{id}': oneCase,
  'GET /api/cases': async ({ queryStringParameters: query = {} }) => {
    const { items, next } = await listCases.run(ports, ListCases.parse(query));
    return json(200, { items: items.map(({ id, ...rest }) => ({ caseId: id, ...rest })), cursor: next });
  },
  'GET /api/requests': async ({ queryStringParameters: query = {} }) => {
    const { items, next } = await listRequests.run(ports, ListRequests.parse(query));
    return json(200, { items, cursor: next });
  },
  'GET /api/cases/{id}/consequences': async ({ pathParameters: path = {} }) => {
    const wanted = ReadConsequences.safeParse({ caseId: path['id'] });
    const consequences = wanted.success ? await readConsequences.run(ports, wanted.data) : null;
    return consequences === null ? json(404, { message: 'There is no such case.' }) : json(200, consequences);
  },
  'GET /api/workflows/{id}/examples': async ({ pathParameters: path = {}, queryStringParameters: query = {} }) => {
    const { items, next } = await listExamples.run(ports, ListExamples.parse({ ...query, workflow: path['id'] }));
    return json(200, { items, cursor: next });
  },
};

/** What people who are signed in may read. */
export const handler = fromHttp('read-cases', telemetry(), async (request) => {
  try {
    return await (ROUTES[request.routeKey]?.(request) ?? json(404, { message: 'Not Found' }));
  } catch (error) {
    const isBadQuery = error instanceof z.ZodError || error instanceof SyntaxError;
    if (isBadQuery)
      return json(400, {
        message: error instanceof z.ZodError ? z.prettifyError(error) : 'The cursor is not one of ours.',
      });
    throw error;
  }
});

async function oneCase(request: HttpRequest): Promise<HttpAnswer> {
  const query = request.queryStringParameters ?? {};
  const wanted = ReadCase.parse({ caseId: request.pathParameters?.['id'], withLedger: query['ledger'] === 'true' });
  const whole = await readCase.run(ports, wanted);
  if (whole === null) return json(404, { message: `There is no case ${wanted.caseId}.` });
  const { case: head, actions, requests: asked, ledger } = whole;
  const { id, ledger: chain, ...fields } = head;
  return json(200, {
    caseId: id,
    ...fields,
    phase: head.phase ?? head.settings.phase,
    costUsd: head.usage.costUsd,
    chain,
    actions,
    requests: asked,
    ...(ledger === null ? {} : { ledger }),
  });
}
