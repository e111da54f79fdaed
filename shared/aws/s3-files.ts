import type { Clock, FileAddress, FileRead, Files } from '../ports/index.ts';
import { type Credentials, signRequest } from './sign-request.ts';

export interface S3Options {
  /** Of the function's role, renewed by whoever gives them. */
  readonly credentials: () => Promise<Credentials>;
  readonly region: string;
  /** In place of the address of S3 in that region; null for that. */
  readonly endpoint: string | null;
  readonly clock: Clock;
}

/** Long enough for a mail of 40 MB. */
const TIMEOUT_MS = 20_000;

/** Reads objects of S3 with one signed request each: AWS's client would take more than half of a bundle for that. */
export class S3Files implements Files {
  readonly #options: S3Options;

  constructor(options: S3Options) {
    this.#options = options;
  }

  async read(address: FileAddress, mostBytes: number): Promise<FileRead> {
    const { credentials, region, clock } = this.#options;
    const url = this.#urlOf(address);
    const place = { service: 's3', region, nowMs: clock.nowMs() };
    const headers = signRequest({ method: 'GET', url, body: '' }, await credentials(), place);
    const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    if (response.status !== 200 || !Number.isSafeInteger(length)) {
      await response.body?.cancel();
      throw new S3ReadError(address, response.status);
    }
    if (length > mostBytes) {
      await response.body?.cancel();
      return { kind: 'too-large', bytes: length };
    }
    return { kind: 'read', bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  /** The bucket in the path, which every endpoint of S3 takes. */
  #urlOf({ bucket, key, versionId }: FileAddress): URL {
    const { endpoint, region } = this.#options;
    const segments = key.split('/');
    // A URL takes them for steps up and down, out of the bucket.
    if (segments.some((segment) => segment === '.' || segment === '..')) throw new UnsafeKeyError(key);
    const path = [bucket, ...segments].map(encoded).join('/');
    const query = versionId === null ? '' : `?versionId=${encoded(versionId)}`;
    return new URL(`${endpoint ?? `https://s3.${region}.amazonaws.com`}/${path}${query}`);
  }
}

export class S3ReadError extends Error {
  override readonly name = 'S3ReadError';

  constructor({ bucket, key }: FileAddress, status: number) {
    super(`S3 answered ${status} for ${bucket}/${key}`);
  }
}

export class UnsafeKeyError extends Error {
  override readonly name = 'UnsafeKeyError';

  constructor(key: string) {
    super(`The key ${JSON.stringify(key)} is no path that can be asked for`);
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
