import type { ProjectFile } from './repository.ts';
import { matches, type Violation } from './violation.ts';

/** Put together from parts, so that this file does not find itself. */
const FOLDERS = ['root', 'work', 'home', 'Users'].join('|');
const HOSTS = ['registry', 'npmjs|registry', 'yarnpkg|npm', 'pkg', 'github'].join('\\.');

const PATTERNS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: new RegExp(`(?<![\\w.:@/}-])/(?:${FOLDERS})/[\\w.-]+`, 'g'), what: 'a path of one machine' },
  { pattern: new RegExp(`(?:${HOSTS})\\b`, 'g'), what: 'a package registry' },
];

/** Paths and hosts that hold on one machine only. */
export function machineWordViolations(files: readonly ProjectFile[]): Violation[] {
  return files.flatMap(({ path, text }) =>
    PATTERNS.flatMap(({ pattern, what }) =>
      [...matches(text, pattern)].map(({ found, line }) => ({
        file: path,
        line,
        problem: `it names ${what} (${found})`,
        fix: 'use a path inside the repository, a setting, or leave it to npm',
      })),
    ),
  );
}
