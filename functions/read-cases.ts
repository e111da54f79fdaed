import { findWorkflow, workflows } from '../agents/index.ts';
import type { Reader } from '../shared/contracts/index.ts';
import { mayRead } from '../shared/domain/team-members.ts';
import { ListExamples, listExamples } from '../shared/operations/list-examples.ts';
import {
  ListCases,
  ListRequests,
  listCases,
  listRequests,
  NotYoursError,
  ReadCase,
  readCase,
} from '../shared/operations/read-cases.ts';
import { readConsequences, shownTo } from '../shared/operations/read-consequences.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { readerOf } from './triggers/signed-in.ts';
import { cases, examples, records, requests, telemetry } from './wiring.ts';

const ports = {
  workflows,
  findWorkflow,
  cases: cases(),
  requests: requests(),
  records: records(),
  examples: examples(),
};

const ROUTES: Readonly<Record<string, (request: HttpRequest, reader: Reader) => Promise<HttpAnswer>>> = {
  'GET /api/cases/{id}': oneCase,
  'GET /api/cases': async ({ queryStringParameters: query = {} }, reader) => {
    const { items, next } = await listCases.run(ports, ListCases.parse({ ...query, reader }));
    return json(200, { items: items.map(({ id, ...rest }) => ({ caseId: id, ...rest })), cursor: next });
  },
  'GET /api/requests': async ({ queryStringParameters: query = {} }, reader) => {
    const { items, next } = await listRequests.run(ports, ListRequests.parse({ ...query, reader }));
    return json(200, { items, cursor: next });
  },
  'GET /api/cases/{id}/consequences': async ({ pathParameters: path = {} }, reader) => {
    const whole = await readCase.run(ports, { caseId: path['id'] ?? '', withLedger: false, reader });
    if (whole?.isWithheld === true) return json(409, { message: 'Somebody still reviews this case on their own.' });
    const found = whole === null ? null : await readConsequences.run(ports, { caseId: whole.case.id });
    return found === null ? json(404, { message: 'There is no such case.' }) : json(200, shownTo(ports, found, reader));
  },
  'GET /api/workflows/{id}/examples': async (
    { pathParameters: path = {}, queryStringParameters: query = {} },
    reader,
  ) => {
    const workflow = findWorkflow(path['id'] ?? '');
    if (workflow === null || !mayRead(workflow, reader)) throw new NotYoursError(path['id'] ?? '');
    const { items, next } = await listExamples.run(ports, ListExamples.parse({ ...query, workflow: workflow.id }));
    return json(200, { items, cursor: next });
  },
};

/** What people who are signed in may read. */
export const handler = fromSignedIn('read-cases', telemetry(), async (request, person) => {
  try {
    return await (ROUTES[request.routeKey]?.(request, readerOf(person)) ?? json(404, { message: 'Not Found' }));
  } catch (error) {
    if (error instanceof NotYoursError) return json(403, { message: error.message });
    if (error instanceof SyntaxError) return json(400, { message: 'The cursor is not one of ours.' });
    throw error;
  }
});

async function oneCase(request: HttpRequest, reader: Reader): Promise<HttpAnswer> {
  const withLedger = request.queryStringParameters?.['ledger'] === 'true';
  const wanted = ReadCase.parse({ caseId: request.pathParameters?.['id'], withLedger, reader });
  const whole = await readCase.run(ports, wanted);
  if (whole === null) return json(404, { message: `There is no case ${wanted.caseId}.` });
  const { case: head, actions, requests: asked, ledger, isWithheld } = whole;
  const { id, ledger: chain, ...fields } = head;
  return json(200, {
    caseId: id,
    ...fields,
    phase: head.phase ?? head.settings.phase,
    costUsd: head.usage.costUsd,
    chain,
    actions,
    requests: asked,
    ...(isWithheld ? { withheld: 'Somebody still reviews this case on their own.' } : {}),
    ...(ledger === null ? {} : { ledger }),
  });
}
