import { dirname, join } from 'node:path';

/** The repository's root folder. */
export const projectRoot = dirname(dirname(import.meta.dirname));

/** A path inside the repository. */
export function inProject(...parts: readonly string[]): string {
  return join(projectRoot, ...parts);
}

/** A path in the cache that may be deleted at any time. */
export function inCache(...parts: readonly string[]): string {
  return inProject('node_modules', '.cache', 'remit', ...parts);
}

/** The Node that runs this, which is the one of the project. */
export const node = process.execPath;
