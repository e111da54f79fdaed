import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a role, which is what functions have. */
  readonly sessionToken?: string | undefined;
}

export interface ToSign {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Path and query are encoded as they are sent. */
  readonly url: URL;
  /** JSON, or bytes of the type that `headers` name; empty for none. */
  readonly body: string | Uint8Array;
  /** Sent and signed beside those that every request has; in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Headers of a request to an AWS service, signed by Signature Version 4. The clients of AWS sign their own; this is for a
 * service that is called through another client, or for functions to which a whole client is too much.
 */
export function signRequest(
  { method, url, body, headers: own = {} }: ToSign,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  { service, region, nowMs }: { readonly service: string; readonly region: string; readonly nowMs: number },
): Record<string, string> {
  const time = new Date(nowMs).toISOString().replaceAll(/[:-]|\.\d{3}/g, '');
  const isS3 = service === 's3';
  const headers: Record<string, string> = {
    ...(body.length === 0 ? {} : { 'content-type': 'application/json' }),
    ...own,
    ...(isS3 ? { 'x-amz-content-sha256': sha256(body) } : {}),
    host: url.host,
    'x-amz-date': time,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const path = isS3 ? url.pathname : encodedAgain(url.pathname);
  const request = [method, path, sortedQuery(url), lines, names.join(';'), sha256(body)].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(request)].join('\n');
  const key = scope.reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secretAccessKey}`);
  const credential = `Credential=${accessKeyId}/${scope.join('/')}`;
  const signature = `Signature=${hmac(key, text).toString('hex')}`;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, ${signature}`,
  };
}

/** Every service but S3 signs the path encoded once more than it is sent. */
function encodedAgain(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function sortedQuery({ search }: URL): string {
  return search.slice(1).split('&').sort().join('&');
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
