import type { FilterExpression } from './filter-syntax.ts';
import { parseFilter } from './filter-syntax.ts';
import type { Reader } from './reader.ts';

/** A path without its root. */
export type Path = readonly Segment[];

export type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | null; readonly to: number | null; readonly step: number }
  | { readonly kind: 'all' }
  /** The segment that follows applies at every depth. */
  | { readonly kind: 'descend' }
  | { readonly kind: 'filter'; readonly filter: FilterExpression }
  | { readonly kind: 'function'; readonly name: string };

/** Reads segments until the text ends or something else begins. Throws PathSyntaxError. */
export function readSegments(reader: Reader): Path {
  const segments: Segment[] = [];
  for (;;) {
    if (reader.take('..')) {
      segments.push({ kind: 'descend' });
      if (reader.peek() !== '[') segments.push(readAfterDot(reader));
    } else if (reader.take('.')) segments.push(readAfterDot(reader));
    else if (reader.peek() === '[') segments.push(readBracket(reader));
    else return segments;
  }
}

/** Whether a path names one place at most; others give lists. */
export function isDefinite(path: Path): boolean {
  return path.every(({ kind }) => kind === 'name' || kind === 'index' || kind === 'function');
}

function readAfterDot(reader: Reader): Segment {
  if (reader.take('*')) return { kind: 'all' };
  const name = reader.takeWhile(/[^.[\]()\s,'"=!<>&|*?~@+/\\]/u);
  if (name === '') throw reader.error('a name was expected');
  return reader.take('()') ? { kind: 'function', name } : { kind: 'name', name };
}

function readBracket(reader: Reader): Segment {
  reader.expect('[');
  reader.skipSpace();
  const segment = readInBracket(reader);
  reader.skipSpace();
  reader.expect(']');
  return segment;
}

function readInBracket(reader: Reader): Segment {
  if (reader.take('*')) return { kind: 'all' };
  if (reader.take('?')) return { kind: 'filter', filter: readFilter(reader) };
  const next = reader.peek();
  if (next === "'" || next === '"') return readNames(reader);
  return readNumbers(reader);
}

function readFilter(reader: Reader): FilterExpression {
  reader.skipSpace();
  reader.expect('(');
  const filter = parseFilter(reader);
  reader.skipSpace();
  reader.expect(')');
  return filter;
}

function readNames(reader: Reader): Segment {
  const names = [reader.takeQuoted()];
  while (reader.takeAfterSpace(',')) {
    reader.skipSpace();
    names.push(reader.takeQuoted());
  }
  const [name = ''] = names;
  return names.length === 1 ? { kind: 'name', name } : { kind: 'names', names };
}

function readNumbers(reader: Reader): Segment {
  const first = reader.takeInteger();
  if (reader.takeAfterSpace(':')) return readSlice(reader, first);
  if (first === null) throw reader.error('an index was expected');
  const indexes = [first];
  while (reader.takeAfterSpace(',')) {
    reader.skipSpace();
    const index = reader.takeInteger();
    if (index === null) throw reader.error('an index was expected');
    indexes.push(index);
  }
  return indexes.length === 1 ? { kind: 'index', index: first } : { kind: 'indexes', indexes };
}

function readSlice(reader: Reader, from: number | null): Segment {
  reader.skipSpace();
  const to = reader.takeInteger();
  const step = reader.takeAfterSpace(':') ? reader.takeInteger() : null;
  return { kind: 'slice', from, to, step: step ?? 1 };
}
