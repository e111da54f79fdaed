import { type FilePlace, HTTP_FAILURES } from '../../authoring/index.ts';

/** What S3's own codes say. `SlowDown` comes before anything is done; a wrong region answers with a redirect. */
export const S3_FAILURES = {
  passing: [...HTTP_FAILURES.passing, 'SlowDown', 'ServiceUnavailable', 'ConditionalRequestConflict'],
  refused: [
    ...[...HTTP_FAILURES.refused, 301],
    ...['AccessDenied', 'KeyDenied', 'NoSuchKey', 'NoSuchBucket', 'NoSuchVersion', 'InvalidObjectState'],
    ...['PreconditionFailed', 'PermanentRedirect', 'InvalidBucketName', 'MethodNotAllowed', 'Packed'],
  ],
} as const;

/** As S3 has them: no signs of a path, and no pattern that a right would be widened by. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^(?:[A-Za-z0-9_-][A-Za-z0-9_.=-]*\/)+$/;

/** @throws where the place cannot be meant: rights are made of it. */
export function checkedPlace(id: string, place: FilePlace): FilePlace {
  const prefix = prefixOf(place);
  if (!id.startsWith('s3.')) throw new Error(`The id ${id} of a connector to S3 begins with s3.`);
  if (!PREFIX.test(prefix) || prefix.includes('..')) {
    throw new Error(`${id}: the prefix ${JSON.stringify(prefix)} is plain names, each ended by a slash`);
  }
  if ('bucket' in place && !BUCKET.test(place.bucket)) {
    throw new Error(`${id}: ${JSON.stringify(place.bucket)} is no name of a bucket`);
  }
  return place;
}

export function prefixOf(place: FilePlace): string {
  return 'own' in place ? place.own : place.prefix;
}
