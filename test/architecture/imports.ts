import { posix } from 'node:path';
import type { ProjectFile } from './repository.ts';

export interface Import {
  readonly line: number;
  readonly specifier: string;
  /** True for `import type ...`, `export type ... from` and imports that name types only. */
  readonly isTypeOnly: boolean;
  /** Path from the root for a relative import; null for a package. */
  readonly path: string | null;
  /** Name of the package (`@aws-sdk/client-sqs`, `node:fs`); null for a relative import. */
  readonly packageName: string | null;
}

const STATEMENT =
  /^(?:import|export)\b(?<clause>[^'"`;]*?)\bfrom\s*['"](?<from>[^'"]+)['"]|^import\s*['"](?<bare>[^'"]+)['"]/gm;
const CALL = /\b(?:import|require)\(\s*['"](?<called>[^'"]+)['"]\s*\)/g;

/** Everything that a file imports, statements and calls of import() alike. */
export function importsOf(file: ProjectFile): Import[] {
  return [...file.text.matchAll(STATEMENT), ...file.text.matchAll(CALL)].flatMap((match) => {
    const { clause, from, bare, called } = match.groups ?? {};
    const specifier = from ?? bare ?? called;
    if (specifier === undefined) return [];
    const line = file.text.slice(0, match.index).split('\n').length;
    return [{ line, specifier, isTypeOnly: isTypeOnly(clause ?? ''), ...targetOf(file.path, specifier) }];
  });
}

function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b/.test(clause)) return true;
  const named = /^\s*\{(?<names>[\s\S]*)\}\s*$/.exec(clause)?.groups?.['names'];
  if (named === undefined) return false;
  const names = named.split(',').filter((name) => name.trim() !== '');
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

function targetOf(importer: string, specifier: string): Pick<Import, 'path' | 'packageName'> {
  if (specifier.startsWith('.')) return { path: posix.join(posix.dirname(importer), specifier), packageName: null };
  const parts = specifier.split('/');
  return { path: null, packageName: specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier) };
}
