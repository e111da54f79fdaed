import { findWorkflow } from '../agents/index.ts';
import type { Workflow } from '../shared/authoring/index.ts';
import { mayRead } from '../shared/domain/team-members.ts';
import { backTestByApi, proposedRulesByApi } from './rules/by-api.ts';
import { listShapesByApi } from './shapes/by-api.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { readerOf, type TokenHolder } from './triggers/signed-in.ts';
import { cases, clock, shapes, telemetry } from './wiring.ts';

const ports = { cases: cases(), shapes: shapes(), clock };
type Ports = typeof ports & { readonly findWorkflow: typeof findWorkflow };

const ROUTES: Readonly<
  Record<string, (ports: Ports, request: HttpRequest, person: TokenHolder) => Promise<HttpAnswer>>
> = {
  'POST /api/workflows/{id}/back-test': backTestByApi,
  'GET /api/workflows/{id}/proposed-rules': proposedRulesByApi,
  'GET /api/workflows/{id}/shapes': listShapesByApi,
};

/**
 * What rules there are by people's answers, and what others would have meant. It reads, and changes nothing. For each
 * person there are the workflows that they may read, and no others.
 */
export const handler = fromSignedIn('back-test', telemetry(), async (request, person) => {
  const find = (id: string): Workflow | null => {
    const workflow = findWorkflow(id);
    return workflow !== null && mayRead(workflow, readerOf(person)) ? workflow : null;
  };
  return (
    ROUTES[request.routeKey]?.({ ...ports, findWorkflow: find }, request, person) ?? json(404, { message: 'Not Found' })
  );
});
