import { findWorkflow } from '../agents/index.ts';
import { backTestByApi, proposedRulesByApi } from './rules/by-api.ts';
import { listShapesByApi } from './shapes/by-api.ts';
import { fromHttp, type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { cases, clock, shapes, telemetry } from './wiring.ts';

const ports = { findWorkflow, cases: cases(), shapes: shapes(), clock };

const ROUTES: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
  'POST /api/workflows/{id}/back-test': (request) => backTestByApi(ports, request),
  'GET /api/workflows/{id}/proposed-rules': (request) => proposedRulesByApi(ports, request),
  'GET /api/workflows/{id}/shapes': (request) => listShapesByApi(ports, request),
};

/** What rules there are by people's answers, and what others would have meant. It reads, and changes nothing. */
export const handler = fromHttp(
  'back-test',
  telemetry(),
  async (request) => ROUTES[request.routeKey]?.(request) ?? json(404, { message: 'Not Found' }),
);
