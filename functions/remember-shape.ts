import { findWorkflow } from '../agents/index.ts';
import { rememberByApi, revokeByApi } from './shapes/by-api.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { cases, clock, requests, shapes, telemetry } from './wiring.ts';

const ports = { findWorkflow, cases: cases(), requests: requests(), shapes: shapes(), clock };

/** A yes that is remembered, and taken back. */
export const handler = fromSignedIn('remember-shape', telemetry(), async (request, person) =>
  (request.routeKey.startsWith('DELETE ') ? revokeByApi : rememberByApi)(ports, request, person),
);
