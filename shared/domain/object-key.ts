export type ObjectKey = { readonly ok: true; readonly key: string } | { readonly ok: false; readonly problem: string };

/** As S3 bounds a key, in bytes of UTF-8. */
const LONGEST_KEY_BYTES = 1_024;

/** Letters and digits of any script, and signs that mean nothing in a path, a URL or a pattern. */
const SEGMENT = /^[\p{L}\p{M}\p{N}_(][\p{L}\p{M}\p{N} _.()+=@,-]*$/u;

/**
 * The key of a file below a prefix, made of a name that may hold what came from outside. A name that could lead out of the
 * prefix, in whatever spelling, is none: steps up, a slash in front, encoded signs, signs that another form of the same
 * text would turn into a point or a slash.
 */
export function keyBelow(prefix: string, name: string): ObjectKey {
  if (name === '') return { ok: false, problem: 'the file has no name' };
  // Full-width and other compatible forms become the plain sign here, so a name that has one is not what it looks like.
  if (!name.isWellFormed() || name.normalize('NFKC') !== name.normalize('NFC')) return refused(name);
  const segments = name.split('/');
  if (!segments.every((segment) => SEGMENT.test(segment) && !segment.endsWith('.'))) return refused(name);
  const key = `${prefix}${name}`;
  return Buffer.byteLength(key) <= LONGEST_KEY_BYTES ? { ok: true, key } : refused(name);
}

/** As `keyBelow`, for the beginning of names: empty for all of the prefix, or ended by a slash. */
export function prefixBelow(prefix: string, name: string): ObjectKey {
  if (name === '') return { ok: true, key: prefix };
  const isFolder = name.endsWith('/');
  const below = keyBelow(prefix, isFolder ? name.slice(0, -1) : name);
  return below.ok && isFolder ? { ok: true, key: `${below.key}/` } : below;
}

const LONGEST_SHOWN = 80;

function refused(name: string): ObjectKey {
  const shown = JSON.stringify(name.toWellFormed().slice(0, LONGEST_SHOWN));
  return { ok: false, problem: `the name ${shown} is none that a file below its prefix may have` };
}
