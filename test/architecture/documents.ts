import { posix } from 'node:path';
import type { ProjectFile } from './repository.ts';
import { matches, type Violation } from './violation.ts';

const NAMED = /`([^`\n]+)`|\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
const FILE_NAME = /^[\w@.-]+(?:\/[\w@.-]+)*\/?$/;
const EXTENSION = /\.(ts|mjs|js|json|jsonl|md|ya?ml|png|sql|sh)$/;
/** Made by the scripts, not kept in the repository. */
const MADE = /^(dist|cdk\.out|node_modules|\.remit)(\/|$)/;

/**
 * Files and folders that a document names and that do not exist. `paths` are all files of the project, pictures too.
 * A bare name (`workflow.ts`) is found wherever a file is called so.
 */
export function documentViolations(files: readonly ProjectFile[], paths: readonly string[]): Violation[] {
  const known = knownNames(paths);
  return files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      [...matches(text.replace(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g, '`$1`'), NAMED)].flatMap(({ found, line }) => {
        if (!looksLikeFile(found, known.topLevel) || exists(found, path, known)) return [];
        return [
          {
            file: path,
            line,
            problem: `it names ${found}, which does not exist`,
            fix: 'name what is there now, or take it out',
          },
        ];
      }),
    );
}

interface KnownNames {
  readonly paths: ReadonlySet<string>;
  readonly baseNames: ReadonlySet<string>;
  readonly topLevel: ReadonlySet<string>;
}

function knownNames(files: readonly string[]): KnownNames {
  const folders = files.flatMap((file) => file.split('/').map((_, index, parts) => parts.slice(0, index).join('/')));
  return {
    paths: new Set([...files, ...folders]),
    baseNames: new Set(files.map((file) => posix.basename(file))),
    topLevel: new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? '')),
  };
}

function looksLikeFile(found: string, topLevel: ReadonlySet<string>): boolean {
  if (!FILE_NAME.test(found) || MADE.test(found)) return false;
  return EXTENSION.test(found) || (found.includes('/') && topLevel.has(found.split('/')[0] ?? ''));
}

function exists(found: string, document: string, known: KnownNames): boolean {
  const name = found.replace(/\/$/, '');
  if (known.paths.has(posix.normalize(name))) return true;
  if (known.paths.has(posix.join(posix.dirname(document), name))) return true;
  return !name.includes('/') && known.baseNames.has(name);
}
