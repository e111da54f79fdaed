import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ProtocolRequest, RawAnswer, SignedProtocol } from '../endpoint/routes.ts';
import { AwsError, notBuilt } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import { unchunked } from './chunked-body.ts';
import { bucketsXml, errorXml, listXml } from './xml.ts';

/** S3 over HTTP: the bucket first in the path, the object as the body, the rest in headers, lists and errors in XML. */
export const s3Protocol: SignedProtocol = {
  service: 's3',
  toCall: (request) => {
    const [bucket, key] = placeOf(request.path);
    if (bucket === '') return call(request, 'ListBuckets', {});
    return key === '' ? onBucket(request, bucket) : onObject(request, bucket, key);
  },
  toAnswer: (operation, output) => answerOf(operation, output),
  toError: (method, error, requestId) => ({
    status: error.status,
    headers: { 'content-type': 'application/xml' },
    body: method === 'HEAD' ? '' : errorXml(codeOf(error), error.message, requestId),
  }),
};

function placeOf(path: string): [bucket: string, key: string] {
  const [, bucket = '', ...rest] = path.split('/');
  return [decodeURIComponent(bucket), rest.map(decodeURIComponent).join('/')];
}

function onBucket(request: ProtocolRequest, bucket: string) {
  const { method } = request;
  if (method === 'PUT') return call(request, 'CreateBucket', { Bucket: bucket });
  if (method === 'HEAD') return call(request, 'HeadBucket', { Bucket: bucket });
  if (method === 'GET' && request.query.get('list-type') === '2')
    return call(request, 'ListObjectsV2', { Bucket: bucket });
  throw notBuilt('S3', `${method} of a bucket${whatOf(request)}`);
}

function onObject(request: ProtocolRequest, bucket: string, key: string) {
  const operation = { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' }[request.method];
  if (operation === undefined) throw notBuilt('S3', `${request.method} of an object${whatOf(request)}`);
  const input = { Bucket: bucket, Key: key };
  return call(request, operation, operation === 'PutObject' ? { ...input, ...contentOf(request) } : input);
}

/** The subresource that was asked for, as ` (?uploads)`. */
function whatOf({ query }: ProtocolRequest): string {
  const names = [...query.keys()].filter((name) => name !== 'x-id');
  return names.length === 0 ? '' : ` (?${names.join('&')})`;
}

/** Parameters in the query, by operation; any other is refused by name. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  GetObject: { versionId: 'VersionId' },
  HeadObject: { versionId: 'VersionId' },
  DeleteObject: { versionId: 'VersionId' },
  ListObjectsV2: {
    ...{ prefix: 'Prefix', delimiter: 'Delimiter', 'max-keys': 'MaxKeys', 'start-after': 'StartAfter' },
    'continuation-token': 'ContinuationToken',
  },
};

/** What clients send that says nothing of the operation, and signatures in the query. */
const SAYS_NOTHING = /^(x-id|list-type|encoding-type|fetch-owner|X-Amz-.*)$/;

function call({ query, headers }: ProtocolRequest, operation: string, input: JsonObject) {
  const named: Record<string, Json> = { ...input };
  for (const [name, value] of query) {
    const parameter = PARAMETERS[operation]?.[name];
    if (parameter !== undefined) named[parameter] = value;
    else if (!SAYS_NOTHING.test(name)) throw notBuilt('S3', `${operation} parameter ${name}`);
  }
  const isRead = operation === 'GetObject' || operation === 'HeadObject';
  if (isRead && headers['if-match'] !== undefined) named['IfMatch'] = String(headers['if-match']);
  if (operation === 'GetObject' && headers['range'] !== undefined) named['Range'] = String(headers['range']);
  const isKnown = (name: string): boolean =>
    (isRead && name === 'if-match') || (operation === 'GetObject' && name === 'range');
  const unknown = Object.keys(headers).find(
    (name) => MEANS_MORE.test(name) && operation !== 'PutObject' && !isKnown(name),
  );
  if (unknown !== undefined) throw notBuilt('S3', `${operation} header ${unknown}`);
  return { operation, input: named };
}

/** Headers that change what a request is about. */
const MEANS_MORE =
  /^(range|if-.*|x-amz-(copy-.*|server-side-.*|acl|grant-.*|tagging|storage-class|object-lock-.*|website-.*))$/;

/** Kept with the object and given back with it. */
const KEPT = /^(content-type|content-language|content-disposition|cache-control|expires|x-amz-meta-.*)$/;

function contentOf(request: ProtocolRequest): JsonObject {
  const { headers } = request;
  const refused = Object.keys(headers).find(
    (name) => MEANS_MORE.test(name) && name !== 'if-none-match' && name !== 'if-match',
  );
  if (refused !== undefined) throw notBuilt('S3', `PutObject header ${refused}`);
  const content = isChunked(headers) ? unchunked(request.body) : request.body;
  checkDigests(content, headers);
  const kept = Object.entries(headers).filter(([name, value]) => KEPT.test(name) && typeof value === 'string');
  return {
    Body: content.toString('base64'),
    Headers: Object.fromEntries(kept) as Record<string, string>,
    ...(headers['if-none-match'] === undefined ? {} : { IfNoneMatch: String(headers['if-none-match']) }),
    ...(headers['if-match'] === undefined ? {} : { IfMatch: String(headers['if-match']) }),
  };
}

function isChunked(headers: ProtocolRequest['headers']): boolean {
  return String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
}

/** What the sender says of the content must be so. */
function checkDigests(content: Buffer, headers: ProtocolRequest['headers']): void {
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(content));
  const actual: Readonly<Record<string, string>> = {
    'content-md5': createHash('md5').update(content).digest('base64'),
    'x-amz-checksum-crc32': crc.toString('base64'),
    'x-amz-checksum-sha256': createHash('sha256').update(content).digest('base64'),
    'x-amz-checksum-sha1': createHash('sha1').update(content).digest('base64'),
  };
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('x-amz-checksum-') && actual[name] === undefined && name !== 'x-amz-checksum-mode') {
      throw notBuilt('S3', `PutObject header ${name}`);
    }
    if (actual[name] !== undefined && actual[name] !== value) {
      throw new AwsError('BadDigest', `The ${name} you specified did not match what we received.`);
    }
  }
}

function answerOf(operation: string, output: JsonObject): RawAnswer {
  switch (operation) {
    case 'ListBuckets':
      return xml(bucketsXml(output));
    case 'ListObjectsV2':
      return xml(listXml(output));
    case 'CreateBucket':
      return { status: 200, headers: { location: String(output['Location']) }, body: '' };
    case 'DeleteObject':
      return { status: 204, headers: headersOf(output), body: '' };
    case 'GetObject':
      return {
        status: output['ContentRange'] === undefined ? 200 : 206,
        ...{ headers: headersOf(output), body: Buffer.from(String(output['Body']), 'base64') },
      };
    default:
      return { status: 200, headers: headersOf(output), body: '' };
  }
}

function headersOf(output: JsonObject): Record<string, string> {
  const { ETag, ContentLength, ContentRange, LastModified, VersionId, DeleteMarker, Headers } = output;
  return {
    ...(typeof Headers === 'object' && Headers !== null ? (Headers as Record<string, string>) : {}),
    ...(ETag === undefined ? {} : { etag: String(ETag) }),
    ...(ContentLength === undefined ? {} : { 'content-length': String(ContentLength), 'accept-ranges': 'bytes' }),
    ...(ContentRange === undefined ? {} : { 'content-range': String(ContentRange) }),
    ...(LastModified === undefined ? {} : { 'last-modified': new Date(Number(LastModified)).toUTCString() }),
    ...(VersionId === undefined ? {} : { 'x-amz-version-id': String(VersionId) }),
    ...(DeleteMarker === undefined ? {} : { 'x-amz-delete-marker': 'true' }),
  };
}

function xml(body: string): RawAnswer {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

/** S3 has words of its own for what every service refuses. */
function codeOf({ name }: AwsError): string {
  if (name === 'AccessDeniedException') return 'AccessDenied';
  return name === 'UnsupportedOperationException' ? 'NotImplemented' : name;
}
