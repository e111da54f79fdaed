import type { Context } from 'aws-lambda';
import { findWorkflow } from '../agents/index.ts';
import { rememberByApi, revokeByApi } from './shapes/by-api.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { fromHttp, type HttpRequest } from './triggers/http.ts';
import { cases, clock, ids, publicUrl, requests, shapes, signIn, telemetry } from './wiring.ts';

const ports = {
  ...{ findWorkflow, cases: cases(), requests: requests(), shapes: shapes() },
  ...{ signIn: signIn(), publicUrl: publicUrl(), clock, ids },
};

const byApi = fromSignedIn('remember-shape', telemetry(), async (request, person) =>
  (request.routeKey.startsWith('DELETE ') ? revokeByApi : rememberByApi)(ports, request, person),
);

/** What pages are made of is loaded when the first one is asked for. */
const byPage = fromHttp('remember-shape', telemetry(), async (request) =>
  (await import('./shapes/by-page.ts')).answerByPage(ports, request),
);

/** A yes that is remembered, and taken back: by the API, or by pages that prove by a cookie who is signed in. */
export const handler = (event: HttpRequest, context: Context): Promise<unknown> =>
  (event.routeKey.includes(' /api/') ? byApi : byPage)(event, context);
