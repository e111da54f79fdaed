import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallerRegistry } from '../../local/endpoint/index.ts';
import { s3Objects } from '../../shared/aws/s3-objects.ts';
import { systemClock } from '../../shared/aws/system.ts';
import type { ObjectStore } from '../../shared/ports/index.ts';

/**
 * How one request goes wrong, in S3's own words. `…-after`: what was asked for is done first.
 * - `hangs`, `hangs-after`: never an answer. `breaks-off`: the connection ends in the middle of the body.
 * - `dropped`, `dropped-after`: the connection ends without an answer.
 */
export type S3Fault =
  | 'SlowDown'
  | 'InternalError'
  | 'InternalError-after'
  | 'AccessDenied'
  | 'key-denied'
  | 'key-disabled'
  | 'InvalidObjectState'
  | 'wrong-region'
  | 'ConditionalRequestConflict'
  | 'proxy-page'
  | 'hangs'
  | 'hangs-after'
  | 'dropped'
  | 'dropped-after'
  | 'breaks-off'
  | 'packed'
  | 'half-a-list';

export interface FakeObject {
  readonly text: string | Uint8Array;
  readonly type?: string;
  readonly mark?: string;
}

/** A loopback server that speaks the wire of S3, as far as connectors use it, and takes signed requests only. */
export interface FakeS3 {
  readonly objects: ObjectStore;
  /** By `bucket/key`. */
  readonly stored: Map<string, FakeObject>;
  /** `GET /bucket/key`, of every request that came. */
  readonly seen: readonly string[];
  readonly script: (...faults: readonly S3Fault[]) => void;
  readonly stop: () => Promise<void>;
}

export async function startFakeS3(files: Readonly<Record<string, FakeObject>> = {}): Promise<FakeS3> {
  const stored = new Map(Object.entries(files));
  const seen: string[] = [];
  const faults: S3Fault[] = [];
  const registry = new CallerRegistry();
  const credentials = registry.issue(() => ({ kind: 'role', roleArn: 'r', sessionName: 's', traceId: null }));
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const { method = '', url = '', headers } = incoming;
    seen.push(`${method} ${url}`);
    // Throws for a signature that does not hold.
    registry.callerOf({ method, url, headers, body });
    const fault = faults.shift() ?? null;
    const isDone = fault === null || fault.includes('after') || SPOILS.has(fault);
    const answer = isDone ? serve(stored, incoming, body) : { status: 500 };
    if (fault === null) send(outgoing, answer);
    else misbehave(fault, outgoing, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ stored, seen },
    objects: s3Objects({
      credentials: async () => credentials,
      region: 'eu-west-1',
      endpoint,
      clock: systemClock,
      own: 'own',
    }),
    script: (...next) => faults.push(...next),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Faults of the answer itself. */
const SPOILS: ReadonlySet<S3Fault> = new Set(['breaks-off', 'packed', 'half-a-list']);

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

function serve(stored: Map<string, FakeObject>, { method, url = '', headers }: IncomingMessage, body: Buffer): Answer {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const name = decodeURIComponent(pathname.slice(1));
  if (searchParams.get('list-type') === '2') return listOf(stored, name, searchParams);
  const found = stored.get(name);
  if (method === 'DELETE') {
    stored.delete(name);
    return { status: 204 };
  }
  if (method === 'PUT') {
    if (found !== undefined && headers['if-none-match'] === '*') return failed(412, 'PreconditionFailed');
    const [type, mark] = [headers['content-type'], headers['x-amz-meta-remit-key']].map(String);
    const object = { text: body, type: type ?? '', mark: mark ?? '' };
    stored.set(name, object);
    return { status: 200, headers: headersOf(object) };
  }
  if (found === undefined) return failed(404, 'NoSuchKey');
  const head = headersOf(found);
  if (headers['if-match'] !== undefined && headers['if-match'] !== head['etag'])
    return failed(412, 'PreconditionFailed');
  return { status: 200, headers: head, body: method === 'HEAD' ? '' : found.text };
}

function headersOf({ text, type = 'text/csv', mark }: FakeObject): Record<string, string> {
  return {
    ...{ 'content-type': type, 'x-amz-version-id': 'v1', 'last-modified': 'Mon, 02 Mar 2026 09:00:00 GMT' },
    ...{ etag: `"${etagOf(text)}"`, 'content-length': String(Buffer.byteLength(text)) },
    ...(mark === undefined ? {} : { 'x-amz-meta-remit-key': mark }),
  };
}

export function etagOf(text: string | Uint8Array): string {
  return createHash('md5').update(text).digest('hex');
}

function listOf(stored: Map<string, FakeObject>, bucket: string, query: URLSearchParams): Answer {
  const most = Number(query.get('max-keys'));
  const keys = [...stored.keys()]
    .filter((name) => name.startsWith(`${bucket}/${query.get('prefix') ?? ''}`))
    .toSorted();
  const contents = keys.slice(0, most).map((name) => {
    const { text } = stored.get(name) ?? { text: '' };
    const key = name
      .slice(bucket.length + 1)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;');
    return `<Contents><Key>${key}</Key><LastModified>2026-03-02T09:00:00.000Z</LastModified><ETag>&quot;${etagOf(text)}&quot;</ETag><Size>${Buffer.byteLength(text)}</Size></Contents>`;
  });
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><IsTruncated>${keys.length > most}</IsTruncated>${contents.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function failed(status: number, code: string, message = 'No.'): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

const KEY_WORDS =
  'User: arn:aws:sts::111122223333:assumed-role/reader/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/1';

const ANSWERS: Readonly<Partial<Record<S3Fault, Answer>>> = {
  SlowDown: failed(503, 'SlowDown', 'Please reduce your request rate.'),
  InternalError: failed(500, 'InternalError'),
  'InternalError-after': failed(500, 'InternalError'),
  AccessDenied: failed(403, 'AccessDenied'),
  'key-denied': failed(403, 'AccessDenied', KEY_WORDS),
  'key-disabled': failed(400, 'KMS.DisabledException'),
  InvalidObjectState: failed(403, 'InvalidObjectState'),
  'wrong-region': { ...failed(301, 'PermanentRedirect'), headers: { 'x-amz-bucket-region': 'eu-north-1' } },
  ConditionalRequestConflict: failed(409, 'ConditionalRequestConflict'),
  'proxy-page': { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' },
};

function misbehave(fault: S3Fault, outgoing: ServerResponse, answer: Answer): void {
  const said = ANSWERS[fault];
  const half = Buffer.from(answer.body ?? '').subarray(0, 5);
  if (said !== undefined) send(outgoing, said);
  else if (fault.startsWith('dropped')) outgoing.socket?.destroy();
  else if (fault === 'packed') {
    send(outgoing, { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } });
  } else if (fault === 'half-a-list') {
    send(outgoing, { ...answer, body: String(answer.body).slice(0, -'</ListBucketResult>'.length) });
  } else if (fault === 'breaks-off') {
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.write(half, () => outgoing.socket?.destroy());
  }
}

function send(outgoing: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  outgoing.writeHead(status, headers).end(body);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
