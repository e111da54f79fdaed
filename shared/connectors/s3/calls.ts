import type { ActionConnector, FilePlace, SourceConnector } from '../../authoring/index.ts';
import { callOutcome } from '../../domain/call-outcome.ts';
import type { ObjectKey } from '../../domain/object-key.ts';
import { EffectError, type ObjectStore, ObjectTooLargeError, ReadError, StoreFailure } from '../../ports/index.ts';

/** @throws Error where the deployment has no bucket of its own: it was made from other definitions. */
export function bucketOf(objects: ObjectStore, place: FilePlace): string {
  if ('bucket' in place) return place.bucket;
  if (objects.own === null) throw new Error('This deployment has no bucket for files of its own');
  return objects.own;
}

/** Calls to read. @throws ReadError */
export async function toRead<T>({ failures }: SourceConnector, name: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ObjectTooLargeError) {
      throw new ReadError(`${name}: ${error.message}`, { isPassing: false, cause: error });
    }
    if (!(error instanceof StoreFailure)) throw error;
    const isPassing = callOutcome(failures, error.failed) !== 'refused';
    throw new ReadError(wordsOf(name, error), { isPassing, retryAfterMs: error.retryAfterMs, cause: error });
  }
}

/** Calls that change something. @throws EffectError where it certainly did not happen; any other error where nobody knows. */
export async function toAct<T>({ failures }: ActionConnector, name: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    const outcome = callOutcome(failures, error.failed);
    const words = wordsOf(name, error);
    if (outcome === 'unsure') throw new Error(words, { cause: error });
    throw new EffectError(words, { isPassing: outcome === 'passing', cause: error });
  }
}

/** The key, or the refusal of a name that could lead elsewhere. */
export function keyToRead(key: ObjectKey): string {
  if (key.ok) return key.key;
  throw new ReadError(key.problem, { isPassing: false });
}

export function keyToWrite(key: ObjectKey): string {
  if (key.ok) return key.key;
  throw new EffectError(key.problem, { isPassing: false });
}

/** What a person reads of it. */
const WORDS: Readonly<Record<string, string>> = {
  NoSuchKey: 'there is no such file',
  // To whom may not list a whole bucket, S3 does not tell the two apart.
  AccessDenied: 'it is not there, or may not be read',
  KeyDenied: 'the key that it is encrypted by may not be used',
  NoSuchBucket: 'there is no such bucket',
  PreconditionFailed: 'it was changed since it was listed',
  InvalidObjectState: 'it is in an archive, and would have to be brought back first',
  PermanentRedirect: 'the bucket is in another region',
  SlowDown: 'the bucket asks for fewer calls',
  Packed: 'it is packed, or does not say how long it is',
};

function wordsOf(name: string, { failed, message }: StoreFailure): string {
  const code = 'status' in failed ? failed.code : null;
  return `${name}: ${(code === null ? null : WORDS[code]) ?? message}`;
}
