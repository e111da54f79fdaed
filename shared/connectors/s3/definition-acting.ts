import * as z from 'zod';
import { type ActionConnector, defineActionConnector, type FilePlace } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { checkedPlace, prefixOf, S3_FAILURES } from './definition-traits.ts';

const Written = z.object({
  name: z.string(),
  etag: z.string(),
  /** Null in a bucket without versions, out of which nothing can be taken back. */
  versionId: z.string().nullable(),
});
type Written = z.infer<typeof Written>;

/** Writes one new file. */
export interface S3Write<A extends JsonObject = JsonObject> extends ActionConnector<A, Written> {
  readonly writes: 'file';
  readonly place: FilePlace;
  readonly file: (args: A) => { readonly name: string; readonly text: string };
  readonly type: string;
  readonly mostBytes: number;
}

/**
 * Writes a file of a name that nothing has yet, at most 1,000,000 bytes: nobody's file is written over, and a repeat of
 * the same action finds its own. `s3Remove` of the same place takes it back.
 */
export function s3Write<A extends JsonObject>(
  definition: Pick<S3Write<A>, 'id' | 'place' | 'arguments' | 'file'> & Partial<Pick<S3Write<A>, 'type' | 'mostBytes'>>,
): S3Write<A> {
  const { id, place, file, type = 'text/plain; charset=utf-8', mostBytes = 1_000_000 } = definition;
  return {
    ...defineActionConnector({
      ...S3,
      ...{ id, arguments: definition.arguments, result: Written },
      // Whether a file of this name is our own says the object itself.
      files: { place: checkedPlace(id, place), may: ['put', 'get'] },
      intent: (args) => ({ effect: 'write-file', target: targetOf(place, file(args).name) }),
      whenDown: 'It is tried again, since a repeat finds its own file; then a person decides.',
    }),
    ...{ writes: 'file', place, file, type, mostBytes },
  };
}

const Removal = z.strictObject({
  name: z.string().min(1).max(900).meta({ title: 'File' }),
  versionId: z.string().min(1).max(1_024).meta({ title: 'Version' }),
});

/** Takes back what was written. */
export interface S3Remove extends ActionConnector<z.infer<typeof Removal>, { readonly name: string }> {
  readonly writes: 'removal';
  readonly place: FilePlace;
}

/** Removes one version of a file, and no other; one that is gone already counts as removed. */
export function s3Remove({ id, place }: Pick<S3Remove, 'id' | 'place'>): S3Remove {
  return {
    ...defineActionConnector({
      ...S3,
      ...{ id, arguments: Removal, result: z.object({ name: z.string() }) },
      files: { place: checkedPlace(id, place), may: ['delete-version'] },
      intent: ({ name, versionId }) => ({ effect: 'remove-file', target: `${targetOf(place, name)} ${versionId}` }),
      whenDown: 'It is tried again, since a repeat changes nothing more; then a person decides.',
    }),
    ...{ writes: 'removal', place },
  };
}

const S3 = { effect: 'reversible', idempotency: 'key', timeoutMs: 8_000, failures: S3_FAILURES } as const;

function targetOf(place: FilePlace, name: string): string {
  return `${'own' in place ? '' : `${place.bucket}/`}${prefixOf(place)}${name}`;
}
