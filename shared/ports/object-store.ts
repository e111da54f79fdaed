/**
 * Objects in buckets, one call each: nothing is tried twice here, and what came back is told as it is.
 * Every call throws StoreFailure when it does not succeed.
 */
export interface ObjectStore {
  /** Name of the deployment's own bucket for files; null where it has none. */
  readonly own: string | null;
  /** The whole object. Throws ObjectTooLargeError before any of it is read. */
  get(request: ObjectRequest & { readonly mostBytes: number; readonly etag: string | null }): Promise<ObjectContent>;
  /** What is known of it without its content. */
  head(request: ObjectRequest): Promise<ObjectHead>;
  /** In the order of keys; `isAll` is false where there are more than `most`. */
  list(request: ListRequest): Promise<{ readonly objects: readonly ListedObject[]; readonly isAll: boolean }>;
  /** Only where there is none of this key. */
  putNew(request: PutRequest): Promise<{ readonly etag: string; readonly versionId: string | null }>;
  /** Takes one version out for good; one that is gone already is no failure. */
  removeVersion(request: ObjectRequest & { readonly versionId: string }): Promise<void>;
}

export interface ObjectRequest {
  readonly bucket: string;
  readonly key: string;
  /** For everything, the whole answer included. */
  readonly timeoutMs: number;
}

export interface ListRequest {
  readonly bucket: string;
  readonly prefix: string;
  /** 1 to 1,000. */
  readonly most: number;
  readonly timeoutMs: number;
}

export interface PutRequest extends ObjectRequest {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** Kept with the object, and told by `head`. */
  readonly mark: string;
}

export interface ObjectHead {
  /** Without quotation marks. */
  readonly etag: string;
  readonly changedAtMs: number;
  readonly versionId: string | null;
  /** `text/csv; charset=utf-8`; empty where it has none. */
  readonly type: string;
  /** Null where whoever put it there left none. */
  readonly mark: string | null;
}

export interface ObjectContent extends ObjectHead {
  readonly bytes: Uint8Array;
}

export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
  readonly changedAtMs: number;
}

/** A call that did not succeed. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  /**
   * The status and S3's own code, `KeyDenied` where the key that an object is encrypted by may not be used; or how far the
   * call came, as with WebFailure.
   */
  readonly failed:
    | { readonly stage: 'not-sent' | 'no-answer' }
    | { readonly status: number; readonly code: string | null };
  /** What S3 asks to wait; null where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    failed: StoreFailure['failed'],
    words: string,
    options: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(words, { cause: options.cause });
    this.failed = failed;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

export class ObjectTooLargeError extends Error {
  override readonly name = 'ObjectTooLargeError';

  constructor(bytes: number, mostBytes: number) {
    super(`it has ${bytes} bytes, and at most ${mostBytes} are read`);
  }
}
