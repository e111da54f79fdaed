import type { Clock, FileAddress, FilePart, FileRead, Files } from '../ports/index.ts';
import { type S3Place, s3Url } from './s3-url.ts';
import { type Credentials, signRequest } from './sign-request.ts';

export interface S3Options extends S3Place {
  /** Of the function's role, renewed by whoever gives them. */
  readonly credentials: () => Promise<Credentials>;
  readonly clock: Clock;
}

/** Long enough for a mail of 40 MB. */
const TIMEOUT_MS = 20_000;

/** Reads and removes objects of S3 with one signed request each: AWS's client would take more than half of a bundle for that. */
export class S3Files implements Files {
  readonly #options: S3Options;

  constructor(options: S3Options) {
    this.#options = options;
  }

  async read(address: FileAddress, mostBytes: number): Promise<FileRead> {
    const response = await this.#get(address, {});
    const length = await this.#lengthOf(address, response, 200);
    if (length > mostBytes) {
      await response.body?.cancel();
      return { kind: 'too-large', bytes: length };
    }
    return { kind: 'read', bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  async readPart(address: FileAddress, { start, end }: FilePart): Promise<Uint8Array> {
    const response = await this.#get(address, { range: `bytes=${start}-${end - 1}` });
    const length = await this.#lengthOf(address, response, 206);
    // A file that ends sooner is another one.
    if (length !== end - start) {
      await response.body?.cancel();
      throw new S3FileError(address, response.status);
    }
    return new Uint8Array(await response.arrayBuffer());
  }

  async remove(address: Omit<FileAddress, 'versionId'>): Promise<void> {
    const whole = { ...address, versionId: null };
    const response = await this.#call('DELETE', whole, {});
    await response.body?.cancel();
    if (response.status !== 204) throw new S3FileError(whole, response.status);
  }

  #get(address: FileAddress, own: Readonly<Record<string, string>>): Promise<Response> {
    return this.#call('GET', address, own);
  }

  async #call(
    method: 'GET' | 'DELETE',
    address: FileAddress,
    own: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const { credentials, region, clock } = this.#options;
    const { versionId, ...object } = address;
    const url = s3Url(this.#options, { ...object, query: versionId === null ? {} : { versionId } });
    const place = { service: 's3', region, nowMs: clock.nowMs() };
    const headers = signRequest({ method, url, body: '', headers: own }, await credentials(), place);
    return fetch(url, { method, headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  }

  /** Of what is to come. @throws S3FileError for an answer of another status, or of unknown length */
  async #lengthOf(address: FileAddress, response: Response, expected: number): Promise<number> {
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    if (response.status === expected && Number.isSafeInteger(length)) return length;
    await response.body?.cancel();
    throw new S3FileError(address, response.status);
  }
}

class S3FileError extends Error {
  override readonly name = 'S3FileError';

  constructor({ bucket, key }: FileAddress, status: number) {
    super(`S3 answered ${status} for ${bucket}/${key}`);
  }
}
