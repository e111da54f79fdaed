import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, notBuilt } from '../kernel/errors.ts';
import type { Caller, Dispatch, Json, JsonObject } from '../kernel/service.ts';
import { decoded, readSentBody } from './body.ts';
import type { CallerRegistry } from './callers.ts';
import { plainInput, type RouteTable, type SignedProtocol } from './routes.ts';
import { unbuilt } from './unbuilt.ts';

/** The IAM prefixes of the services that take `POST /` with an `X-Amz-Target`. */
const TARGETS: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AWSStepFunctions: 'states',
  GraniteServiceVersion20100801: 'cloudwatch',
  AWSEvents: 'events',
  secretsmanager: 'secretsmanager',
};

/** More than any AWS call may carry. */
const LONGEST_CALL_BYTES = 64 * 2 ** 20;

/** Answers signed AWS requests. Errors are JSON with a type and a message, whatever went wrong. */
export async function answerAwsRequest(
  parts: AwsRequestParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  const protocol = parts.routes.protocolOf(signedService(request));
  try {
    const sent = await readSentBody(request, LONGEST_CALL_BYTES);
    if (sent === null) throw tooLarge();
    const { method = 'GET', url = '/', headers } = request;
    const caller = parts.callers.callerOf({ method, url, headers, body: sent });
    const body = decoded(request, sent, LONGEST_CALL_BYTES);
    if (body === null) throw tooLarge();
    const received = { body, caller, requestId };
    const target = headers['x-amz-target'];
    if (protocol !== null) await answerProtocol(parts, protocol, request, response, received);
    else if (typeof target === 'string') await answerTarget(parts, request, response, { ...received, target });
    else await answerRest(parts, request, response, received);
  } catch (error) {
    if (protocol === null) sendError(response, error, requestId);
    else {
      const { status, headers, body } = protocol.toError(request.method ?? 'GET', knownError(error), requestId);
      send(response, status, body, { ...headers, 'x-amz-request-id': requestId });
    }
  }
}

function tooLarge(): AwsError {
  return new AwsError('RequestEntityTooLargeException', 'The request is too large.', { status: 413 });
}

export interface AwsRequestParts {
  readonly dispatch: Dispatch;
  readonly callers: CallerRegistry;
  readonly routes: RouteTable;
}

interface Received {
  readonly body: Buffer;
  readonly caller: Caller;
  readonly requestId: string;
}

/** Whether a request is one to an AWS service rather than to the API of the stack. */
export function isAwsRequest(request: IncomingMessage): boolean {
  const authorization = request.headers.authorization ?? '';
  return authorization.startsWith('AWS4-') || (request.url ?? '').includes('X-Amz-Signature=');
}

/** What a request is signed for: `.../s3/aws4_request` in the header, or in the query of a presigned address. */
function signedService({ headers, url = '' }: IncomingMessage): string {
  const credential = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
  return credential ?? /X-Amz-Credential=[^&]*?%2F\d+%2F[^%]+%2F([^%]+)%2F/.exec(url)?.[1] ?? '';
}

async function answerProtocol(
  parts: AwsRequestParts,
  protocol: SignedProtocol,
  request: IncomingMessage,
  response: ServerResponse,
  { body, caller, requestId }: Received,
): Promise<void> {
  const { method = 'GET', headers } = request;
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const { operation, input } = protocol.toCall({ method, path, query: new URLSearchParams(query), headers, body });
  const output = await parts.dispatch({ service: protocol.service, operation, input, caller });
  const answer = protocol.toAnswer(operation, output);
  send(response, answer.status, answer.body, { ...answer.headers, 'x-amz-request-id': requestId });
}

async function answerTarget(
  parts: AwsRequestParts,
  request: IncomingMessage,
  response: ServerResponse,
  call: Received & { readonly target: string },
): Promise<void> {
  const [prefix = '', operation = ''] = call.target.split('.');
  const service = TARGETS[prefix];
  if (service === undefined) {
    throw new AwsError('UnknownOperationException', `The local runtime does not have the service ${prefix}.`);
  }
  const output = await parts.dispatch({
    service,
    operation,
    input: parseObject(call.body),
    caller: call.caller,
  });
  send(response, 200, JSON.stringify(output), {
    'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.0',
    'x-amzn-requestid': call.requestId,
  });
}

async function answerRest(
  parts: AwsRequestParts,
  request: IncomingMessage,
  response: ServerResponse,
  call: Received,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://local');
  const found = parts.routes.find(request.method ?? 'GET', url.pathname);
  if (found === null) {
    if (isQueryProtocol(request))
      throw notBuilt('the Query protocol', String(new URLSearchParams(String(call.body)).get('Action')));
    throw unbuilt(request.method ?? 'GET', url.pathname);
  }
  const { route, parameters } = found;
  const rest = { parameters, query: url.searchParams, headers: request.headers, body: call.body };
  const output = await parts.dispatch({
    service: route.service,
    operation: route.operation,
    input: 'toInput' in route ? route.toInput(rest) : plainInput(rest),
    caller: call.caller,
  });
  const answer =
    'toAnswer' in route
      ? route.toAnswer(output)
      : { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(output) };
  send(response, answer.status, answer.body, { ...answer.headers, 'x-amzn-requestid': call.requestId });
}

/** SNS, SES v1, CloudFormation, STS and IAM clients send forms and expect XML. */
function isQueryProtocol(request: IncomingMessage): boolean {
  return (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function parseObject(body: Buffer): JsonObject {
  const text = body.toString('utf8');
  if (text === '') return {};
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new AwsError('SerializationException', 'The request is not valid JSON.');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new AwsError('SerializationException', 'The request is not a JSON object.');
}

function sendError(response: ServerResponse, error: unknown, requestId: string): void {
  const known = knownError(error);
  const body = JSON.stringify({ __type: known.name, message: known.message, ...known.fields });
  send(response, known.status, body, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-errortype': known.name,
    'x-amzn-requestid': requestId,
  });
}

function knownError(error: unknown): AwsError {
  return error instanceof AwsError ? error : unexpected(error);
}

function unexpected(error: unknown): AwsError {
  if (error instanceof URIError || error instanceof SyntaxError) {
    return new AwsError('SerializationException', `The request cannot be read: ${error.message}.`);
  }
  console.error('An AWS call failed in the local runtime:', error);
  return new AwsError('InternalFailure', `The local runtime failed: ${String(error)}`, { status: 500 });
}

function send(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}
