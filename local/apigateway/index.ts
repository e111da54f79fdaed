import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../endpoint/body.ts';
import { newTraceId } from '../endpoint/trace.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch, Json, JsonObject } from '../kernel/service.ts';
import type { Meter } from '../meter/index.ts';
import type { Signin } from '../signin/index.ts';
import { type HttpAnswer, message, toAnswer } from './answer.ts';
import { authorize } from './authorize.ts';
import { corsHeaders, preflight } from './cors.ts';
import type { HttpApi } from './definition.ts';
import { splitUrl, toEvent } from './event.ts';
import { matchRoute, type RouteMatch } from './match-route.ts';
import { Throttle } from './throttle.ts';

export type { Cors, HttpApi, JwtAuthorizer, Route, Stage, Throttling } from './definition.ts';

const LONGEST_BODY_BYTES = 10 * 2 ** 20;
const METERED_CHUNK_BYTES = 512 * 1024;

export interface ApiGatewayOptions {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly dispatch: Dispatch;
  readonly meter: Pick<Meter, 'add'>;
  readonly signin: Signin;
  /** Called with every answer, for API Gateway's metrics. */
  readonly onAnswered?: (facts: AnswerFacts) => void;
}

export interface AnswerFacts {
  readonly apiId: string;
  readonly routeKey: string;
  readonly status: number;
  readonly durationMs: number;
}

/** API Gateway's HTTP API: payload format 2.0 in front of functions. */
export interface ApiGateway {
  readonly setApi: (api: HttpApi) => void;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export function createApiGateway(options: ApiGatewayOptions): ApiGateway {
  let served: ServedApi | null = null;
  return {
    setApi: (api) => {
      served = { api, throttle: new Throttle(api.stage, () => performance.now()) };
    },
    handle: async (request, response) => {
      const answer = await options.activity.track(answerRequest(options, served, request));
      const cors = corsHeaders(served?.api.cors ?? null, request.headers.origin);
      send(request, response, { ...answer, headers: { ...answer.headers, ...cors } });
    },
  };
}

async function answerRequest(
  options: ApiGatewayOptions,
  served: ServedApi | null,
  request: IncomingMessage,
): Promise<HttpAnswer> {
  const startedAtMs = performance.now();
  const body = await readBody(request, LONGEST_BODY_BYTES);
  if (served === null) return message(404, 'Not Found');
  const checked = preflight(served.api.cors, request);
  if (checked !== null) return checked;
  const url = withoutStage(request.url ?? '/', served.api.stage.name);
  const match = url === null ? null : matchRoute(served.api.routes, request.method ?? 'GET', splitUrl(url).path);
  if (match === null) return message(404, 'Not Found');
  const answer = await answerRoute(options, served, match, request, body);
  options.onAnswered?.({
    apiId: served.api.id,
    routeKey: match.route.key,
    status: answer.status,
    durationMs: performance.now() - startedAtMs,
  });
  return answer;
}

async function answerRoute(
  options: ApiGatewayOptions,
  { api, throttle }: ServedApi,
  match: RouteMatch,
  request: IncomingMessage,
  body: Buffer | null,
): Promise<HttpAnswer> {
  if (!throttle.admits(match.route.key)) return message(429, 'Too Many Requests');
  if (body === null) return message(413, 'Request Entity Too Large');
  const authorization = await authorize(match.route, request.headers, options.signin);
  if ('refusal' in authorization) return authorization.refusal;
  const traceId = newTraceId(options.clock.now());
  options.meter.add(traceId, 'api-requests', Math.max(1, Math.ceil(body.length / METERED_CHUNK_BYTES)));
  const event = toEvent({
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    rawHeaders: request.rawHeaders,
    body,
    routeKey: match.route.key,
    pathParameters: match.parameters,
    stageVariables: api.stage.variables,
    authorizer: authorization.context,
    accountId: options.place.accountId,
    apiId: api.id,
    stage: api.stage.name,
    requestId: randomUUID(),
    traceId,
    timeMs: options.clock.now(),
  });
  return await invoke(options, api, match, event, traceId);
}

/** Whatever goes wrong behind API Gateway is a 500 without details; a function that takes too long a 503. */
async function invoke(
  options: ApiGatewayOptions,
  api: HttpApi,
  { route }: RouteMatch,
  event: JsonObject,
  traceId: string,
): Promise<HttpAnswer> {
  const call = options.dispatch({
    service: 'lambda',
    operation: 'Invoke',
    input: { FunctionName: route.functionArn, InvocationType: 'RequestResponse', Payload: JSON.stringify(event) },
    caller: {
      kind: 'service',
      service: 'apigateway.amazonaws.com',
      sourceArn: sourceArn(options.place, api, route.key),
      traceId,
    },
  });
  try {
    const output = await withTimeout(call, route.timeoutMs);
    if (output === 'timed-out') return message(503, 'Service Unavailable');
    const answer =
      output['FunctionError'] === undefined ? toAnswer(JSON.parse(String(output['Payload'])) as Json) : null;
    return answer ?? message(500, 'Internal Server Error');
  } catch (error) {
    console.error(`The route ${route.key} failed:`, error instanceof Error ? error.message : error);
    return message(500, 'Internal Server Error');
  }
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/POST/hooks/{workflow}` */
function sourceArn(place: Place, api: HttpApi, routeKey: string): string {
  const [method = '', path = ''] = routeKey.split(' ');
  const route = routeKey === '$default' ? '$default' : `${method === 'ANY' ? '*' : method}${path}`;
  return `arn:${place.partition}:execute-api:${place.region}:${place.accountId}:${api.id}/${api.stage.name}/${route}`;
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T | 'timed-out'> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timed-out'>((resolve) => {
    timer = setTimeout(() => resolve('timed-out'), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

/** Null when the request is not for this stage. */
function withoutStage(url: string, stage: string): string | null {
  if (stage === '$default') return url;
  const prefix = `/${stage}`;
  if (url === prefix || url.startsWith(`${prefix}?`)) return `/${url.slice(prefix.length)}`;
  return url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : null;
}

function send(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  for (const [name, value] of Object.entries(answer.headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  const hasBody = request.method !== 'HEAD' && answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, hasBody ? { 'content-length': answer.body.length } : {});
  response.end(hasBody ? answer.body : undefined);
}

interface ServedApi {
  readonly api: HttpApi;
  readonly throttle: Throttle;
}
