import { findWorkflow } from '../agents/index.ts';
import { rememberByApi, revokeByApi } from './shapes/by-api.ts';
import { fromHttp } from './triggers/http.ts';
import { cases, clock, requests, shapes, telemetry } from './wiring.ts';

const ports = { findWorkflow, cases: cases(), requests: requests(), shapes: shapes(), clock };

/** A yes that is remembered, and taken back. */
export const handler = fromHttp('remember-shape', telemetry(), async (request) =>
  request.routeKey.startsWith('DELETE ') ? revokeByApi(ports, request) : rememberByApi(ports, request),
);
