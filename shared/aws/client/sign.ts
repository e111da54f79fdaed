import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of credentials that end, as those of a function do. */
  readonly sessionToken?: string;
}

export interface Signable {
  /** Without a query, and with a path that needs no escaping. */
  readonly url: URL;
  /** Sent and signed, by their names in small letters. `host` is among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Signer {
  readonly credentials: Credentials;
  readonly region: string;
  /** Name of the service as signatures know it: `dynamodb`. */
  readonly service: string;
  /** Milliseconds since 1970, by a clock that is at most five minutes off. */
  readonly atMs: number;
}

/**
 * The headers of a POST with those by which AWS knows who sends it and that nothing of it was changed: Signature
 * Version 4 over the method, the path, every header given and the body.
 */
export function signed({ url, headers, body }: Signable, signer: Signer): Record<string, string> {
  const { credentials, region, service, atMs } = signer;
  const at = new Date(atMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const all: Record<string, string> = { ...headers, 'x-amz-date': at };
  if (credentials.sessionToken !== undefined) all['x-amz-security-token'] = credentials.sessionToken;
  const names = Object.keys(all).sort();
  const lines = names.map((name) => `${name}:${all[name]?.trim()}\n`).join('');
  const request = ['POST', url.pathname, '', lines, names.join(';'), sha256(body)].join('\n');
  const scope = [at.slice(0, 8), region, service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', at, scope.join('/'), sha256(request)].join('\n')).toString('hex');
  const who = `Credential=${credentials.accessKeyId}/${scope.join('/')}`;
  all['authorization'] = `AWS4-HMAC-SHA256 ${who}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return all;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
