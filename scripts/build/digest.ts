import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { inProject } from '../command/project.ts';

/**
 * SHA-256 over names and contents of everything that the patterns name, relative to the repository's root. Tests are
 * left out: nothing that is built depends on them.
 */
export function digestOf(patterns: readonly string[], ...more: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of filesOf(patterns))
    hash
      .update(`${path}\0`)
      .update(readFileSync(inProject(path)))
      .update('\0');
  for (const text of more) hash.update(`${text}\0`);
  return hash.digest('hex');
}

function filesOf(patterns: readonly string[]): string[] {
  const found = globSync([...patterns], { cwd: inProject(), exclude: (path) => path.endsWith('.test.ts') });
  return found.filter((path) => statSync(inProject(path)).isFile()).sort();
}

/** What was noted in a stamp file; null before the first time. */
export function readStamp(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
