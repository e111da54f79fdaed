import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../endpoint/body.ts';
import { isFromThisMachine } from '../endpoint/this-machine.ts';
import { AwsError } from '../kernel/errors.ts';
import { type Answer, json, refusal } from './answer.ts';
import { SURFACE_CALLS, TAKES_FILES, TAKES_FORMS, TAKES_MAILS } from './calls.ts';
import { bodyOf } from './input.ts';
import type { SurfaceParts } from './parts.ts';

export type { SurfaceParts } from './parts.ts';

/** A mail as large as SES takes one. */
const LONGEST_BODY_BYTES = 41 * 2 ** 20;

/** What has no place on AWS, under `/_local/`: for scripts, tests and people at this machine. */
export function createSurface(
  parts: SurfaceParts,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const answer = await answerRequest(parts, request);
    response.writeHead(answer.status, { ...answer.headers, 'cache-control': 'no-store' });
    response.end(answer.body);
  };
}

async function answerRequest(parts: SurfaceParts, request: IncomingMessage): Promise<Answer> {
  const body = await readBody(request, LONGEST_BODY_BYTES);
  if (!isFromThisMachine(request)) return refusal(403, 'Only programs on this machine may ask this.');
  const url = new URL(request.url ?? '/', 'http://local');
  const name = url.pathname.replace(/^\/_local/, '') || '/';
  if (name.startsWith('/signin/')) return await answerSignin(parts, request, url, body);
  const key = `${request.method} ${name}`;
  const call = SURFACE_CALLS[key];
  if (call === undefined)
    return refusal(404, `There is no ${request.method} ${url.pathname}; see /_local/ for what there is.`);
  try {
    const contentType = request.headers['content-type'] ?? '';
    const isForm = TAKES_FORMS.has(key) && isFormType(request);
    const isRaw = TAKES_FILES.has(key) || (TAKES_MAILS.has(key) && isMailType(request));
    const raw = isRaw ? body : null;
    const parsed = isRaw ? null : bodyOf(body, isForm);
    const answer = await call(parts, { query: url.searchParams, body: parsed, raw, contentType, isForm });
    return 'status' in answer ? (answer as Answer) : json(answer);
  } catch (error) {
    if (error instanceof AwsError) return refusal(error.status, error.message);
    throw error;
  }
}

function isFormType({ headers }: IncomingMessage): boolean {
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function isMailType({ headers }: IncomingMessage): boolean {
  return (headers['content-type'] ?? '').startsWith('message/rfc822');
}

/** Pages of this machine on other ports may ask for tokens too, as a console in development does. */
async function answerSignin(
  parts: SurfaceParts,
  request: IncomingMessage,
  url: URL,
  body: Buffer | null,
): Promise<Answer> {
  const { origin, authorization = null } = request.headers;
  const cors = {
    'access-control-allow-origin': origin ?? '*',
    'access-control-allow-headers': 'authorization',
    vary: 'origin',
  };
  if (request.method === 'OPTIONS') return { status: 204, headers: cors, body: '' };
  const answer = await parts.signin.answer({
    method: request.method ?? 'GET',
    path: url.pathname.slice('/_local/signin'.length),
    query: url.searchParams,
    form: new URLSearchParams(body?.toString('utf8') ?? ''),
    authorization,
  });
  return { ...answer, headers: { ...answer.headers, ...cors } };
}
