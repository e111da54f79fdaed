import { retryAfterMs } from '../domain/call-outcome.ts';
import type { Clock, ObjectContent, ObjectHead, ObjectRequest, ObjectStore } from '../ports/index.ts';
import { ObjectTooLargeError, StoreFailure } from '../ports/index.ts';
import { failureIn, listedIn } from './s3-answers.ts';
import { type S3Place, s3Url } from './s3-url.ts';
import { type Credentials, signRequest, type ToSign } from './sign-request.ts';

export interface S3ObjectsOptions extends S3Place {
  /** Of the function's role, renewed by whoever gives them. */
  readonly credentials: () => Promise<Credentials>;
  readonly clock: Clock;
  /** The deployment's own bucket; null where it has none. */
  readonly own: string | null;
}

/** Objects of S3 with one signed request each: AWS's client would take more than half of a bundle for that. */
export function s3Objects(options: S3ObjectsOptions): ObjectStore {
  const ask = asker(options);
  return {
    own: options.own,
    get: async (request) => {
      const headers = request.etag === null ? {} : { 'if-match': `"${request.etag}"` };
      return ask(request, { method: 'GET', headers }, (answer) => contentOf(answer, request.mostBytes));
    },
    head: (request) => ask(request, { method: 'HEAD' }, async ({ headers }) => headOf(headers)),
    list: ({ bucket, prefix, most, timeoutMs }) => {
      const query = { 'list-type': '2', prefix, 'max-keys': String(most) };
      return ask({ bucket, key: '', timeoutMs }, { method: 'GET', query }, async (answer) => {
        return listedIn(await answer.text());
      });
    },
    putNew: ({ bytes, type, mark, ...request }) => {
      const headers = { 'content-type': type, 'if-none-match': '*', [MARK]: mark };
      return ask(request, { method: 'PUT', headers, body: bytes }, async (answer) => {
        const { etag, versionId } = headOf(answer.headers);
        return { etag, versionId };
      });
    },
    removeVersion: ({ versionId, ...request }) =>
      ask(request, { method: 'DELETE', query: { versionId } }, async () => undefined),
  };
}

/** Words of ours that stay with an object. */
const MARK = 'x-amz-meta-remit-key';

interface Asked extends Partial<Pick<ToSign, 'headers'>> {
  readonly method: ToSign['method'];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

type Ask = <T>(request: ObjectRequest, asked: Asked, take: (answer: Response) => Promise<T>) => Promise<T>;

/** The answer, taken whole within the time. @throws StoreFailure */
function asker({ credentials, clock, ...place }: S3ObjectsOptions): Ask {
  return async ({ bucket, key, timeoutMs }, { method, query = {}, headers = {}, body = EMPTY }, take) => {
    const url = s3Url(place, { bucket, key, query });
    const at = { service: 's3', region: place.region, nowMs: clock.nowMs() };
    const signed = signRequest({ method, url, body, headers }, await credentials(), at);
    try {
      const answer = await fetch(url, {
        ...{ method, headers: { ...signed, 'accept-encoding': 'identity' }, redirect: 'manual' },
        ...(body.byteLength === 0 ? {} : { body: body.slice() }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!answer.ok)
        throw await failureIn(answer, retryAfterMs(answer.headers.get('retry-after') ?? undefined, clock.nowMs()));
      return await take(answer);
    } catch (error) {
      throw failureOf(error);
    }
  };
}

const EMPTY = new Uint8Array();

/** Where no connection came about, nothing was sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function failureOf(error: unknown): unknown {
  if (error instanceof StoreFailure || error instanceof ObjectTooLargeError) return error;
  const { cause } = error instanceof Error ? error : {};
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const stage = NOT_SENT.has(code) ? 'not-sent' : 'no-answer';
  const isSlow = error instanceof Error && error.name === 'TimeoutError';
  const words =
    stage === 'not-sent' ? 'no connection came about' : isSlow ? 'no answer in time' : 'the answer broke off';
  return new StoreFailure({ stage }, words, { cause: error });
}

async function contentOf(answer: Response, mostBytes: number): Promise<ObjectContent> {
  const length = Number(answer.headers.get('content-length') ?? Number.NaN);
  // What unpacks itself has another length than it says.
  const isPacked = (answer.headers.get('content-encoding') ?? 'identity') !== 'identity';
  if (isPacked || !Number.isSafeInteger(length)) {
    await answer.body?.cancel();
    throw new StoreFailure({ status: 415, code: 'Packed' }, 'it is packed, or does not say how long it is');
  }
  if (length > mostBytes) {
    await answer.body?.cancel();
    throw new ObjectTooLargeError(length, mostBytes);
  }
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.byteLength !== length) throw new StoreFailure({ stage: 'no-answer' }, 'the answer broke off');
  return { ...headOf(answer.headers), bytes };
}

function headOf(headers: Headers): ObjectHead {
  const changedAtMs = Date.parse(headers.get('last-modified') ?? '');
  return {
    etag: (headers.get('etag') ?? '').replaceAll('"', ''),
    changedAtMs: Number.isNaN(changedAtMs) ? 0 : changedAtMs,
    versionId: headers.get('x-amz-version-id'),
    type: headers.get('content-type') ?? '',
    mark: headers.get(MARK),
  };
}
