import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What of an HTTP request a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As sent, before any decompression. */
  readonly body: Buffer;
}

/** The parts of an `Authorization: AWS4-HMAC-SHA256 ...` header. */
export interface SignatureHeader {
  readonly accessKeyId: string;
  /** `20260131/eu-west-1/sqs/aws4_request` */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Null where the header is missing or has another form. */
export function parseSignature(authorization: string | undefined): SignatureHeader | null {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
  const [, accessKeyId, scope, signedHeaders, signature] = form.exec(authorization ?? '') ?? [];
  if (accessKeyId === undefined || scope === undefined || signedHeaders === undefined || signature === undefined) {
    return null;
  }
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature };
}

/** The key that signs for one scope; it stays the same for a day, so callers keep it. */
export function signingKey(secretAccessKey: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secretAccessKey}`));
}

/** Whether the signature is the one that Signature Version 4 gives this request with this key. Times are not judged. */
export function isSignedWith(key: Buffer, request: SignedRequest, header: SignatureHeader): boolean {
  if (!header.signedHeaders.includes('host')) return false;
  const amzDate = headerText(request, 'x-amz-date') || headerText(request, 'date');
  const hashed = createHash('sha256').update(canonicalRequest(request, header)).digest('hex');
  const expected = hmac(key, `AWS4-HMAC-SHA256\n${amzDate}\n${header.scope}\n${hashed}`);
  return timingSafeEqual(expected, Buffer.from(header.signature, 'hex'));
}

function canonicalRequest(request: SignedRequest, { signedHeaders, scope }: SignatureHeader): string {
  const [path = '/', query = ''] = splitOnce(request.url, '?');
  const isS3 = scope.endsWith('/s3/aws4_request');
  const headers = signedHeaders.map((name) => `${name}:${headerText(request, name)}\n`).join('');
  const payload = createHash('sha256').update(request.body).digest('hex');
  const parts = [request.method, isS3 ? path : canonicalPath(path), canonicalQuery(query), headers];
  return [...parts, signedHeaders.join(';'), payload].join('\n');
}

/** Every service but S3 signs the path encoded once more than it is sent. */
function canonicalPath(path: string): string {
  if (path === '/') return path;
  return path.split('/').map(encode).join('/');
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').map((pair) => {
    const [name = '', value = ''] = splitOnce(pair, '=');
    return `${encode(decodeURIComponent(name))}=${encode(decodeURIComponent(value))}`;
  });
  return pairs.sort().join('&');
}

function headerText(request: SignedRequest, name: string): string {
  const value = request.headers[name];
  const text = typeof value === 'string' ? value : (value ?? []).join(',');
  return text.trim().replaceAll(/ +/g, ' ');
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
