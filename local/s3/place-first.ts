import { createHash, randomBytes } from 'node:crypto';
import type { S3Parts } from './parts.ts';

export interface FirstFile {
  readonly bucket: string;
  readonly key: string;
  readonly content: Uint8Array;
  readonly type: string;
}

/** Also a delete marker counts: what somebody has removed does not come back by itself. */
export function placeFirst(
  { store, buckets, objects, clock }: S3Parts,
  { bucket: name, key, content, type }: FirstFile,
): void {
  const { isVersioned } = buckets.get(name);
  store.writeNow(() => {
    if (objects.find(name, key, null) !== null) return;
    objects.add({
      ...{ bucket: name, key, content, isDeleteMarker: false, sizeBytes: content.byteLength, putAtMs: clock.now() },
      versionId: isVersioned ? randomBytes(24).toString('base64url') : 'null',
      etag: `"${createHash('md5').update(content).digest('hex')}"`,
      headers: { 'content-type': type },
    });
  });
}
