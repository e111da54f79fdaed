import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the project; the path is from the root, with forward slashes. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

const ROOT = join(import.meta.dirname, '..', '..');
const BINARY = /\.(png|jpe?g|gif|webp|ico|woff2?|bin|zip|pdf)$/;

/** All text files that git knows or would take in: ignored ones are left out. */
export function projectFiles(): ProjectFile[] {
  return projectPaths()
    .filter((path) => !BINARY.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** Paths of all files, pictures too. */
export function projectPaths(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

export function isCode({ path }: ProjectFile): boolean {
  return /\.(ts|tsx|mts|mjs|js)$/.test(path);
}

/** Tests, and what only tests load: the suites of a contract, the stacks and data that a test is made of. */
export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('test/') || /\/(contract|fixtures?|testing)\//.test(path);
}
