import type { Json } from '../../../kernel/service.ts';
import type { Scope } from '../scope.ts';
import { evaluatePath, MissingPath } from './evaluate-path.ts';
import type { Path } from './path-syntax.ts';
import { readSegments } from './path-syntax.ts';
import { Reader } from './reader.ts';

/** A path with what it starts from: `$`, `$$` or a variable. */
export interface RootedPath {
  readonly root:
    | { readonly kind: 'input' }
    | { readonly kind: 'context' }
    | { readonly kind: 'variable'; readonly name: string };
  readonly path: Path;
}

/** Reads a path that starts at the reader. Throws PathSyntaxError. */
export function readPath(reader: Reader): RootedPath {
  reader.expect('$');
  if (reader.take('$')) return { root: { kind: 'context' }, path: readSegments(reader) };
  const name = reader.takeWhile(/[\p{L}\p{N}_]/u);
  const root = name === '' ? ({ kind: 'input' } as const) : ({ kind: 'variable', name } as const);
  return { root, path: readSegments(reader) };
}

const MOST_PARSED = 2000;
const parsed = new Map<string, RootedPath>();

/** Reads a whole text as a path. Throws PathSyntaxError. */
export function parsePath(text: string): RootedPath {
  let path = parsed.get(text);
  if (path === undefined) {
    const reader = new Reader(text);
    path = readPath(reader);
    if (!reader.isAtEnd) throw reader.error('nothing more was expected');
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(text, path);
  }
  return path;
}

/** The value at a path; `input` is what `$` stands for. Throws MissingPath and PathSyntaxError. */
export function lookUp(text: string, input: Json, scope: Scope): Json {
  return lookUpPath(parsePath(text), input, scope);
}

export function lookUpPath({ root, path }: RootedPath, input: Json, scope: Scope): Json {
  return evaluatePath(path, rootValue(root, input, scope));
}

function rootValue(root: RootedPath['root'], input: Json, scope: Scope): Json {
  if (root.kind === 'input') return input;
  if (root.kind === 'context') return scope.context;
  const value = Object.hasOwn(scope.variables, root.name) ? scope.variables[root.name] : undefined;
  if (value === undefined) throw new MissingPath(`$${root.name}`, root.name);
  return value;
}
