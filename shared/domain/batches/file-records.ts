import type { LineFormat } from '../../contracts/index.ts';

/** Where one record of a file stands: bytes from `start` to before `end`, beginning in line `line` of the file, from 1. */
export interface FileRecord {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

const QUOTATION_MARK = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Divides the bytes of a file into its records. Of CSV (RFC 4180) a line break inside quotation marks belongs to its cell,
 * and a quotation mark that is never closed takes in the rest. Empty lines are left out. Bytes stand for text in UTF-8, in
 * which the signs that part records are never part of another one.
 * @param firstLine in which line of the file the bytes begin
 */
export function* recordsOf(
  bytes: Uint8Array,
  kind: LineFormat['kind'],
  firstLine = 1,
): Generator<FileRecord, undefined> {
  let start = 0;
  let line = firstLine;
  let breaks = 0;
  let isQuoted = false;
  for (let at = 0; at <= bytes.length; at += 1) {
    const sign = bytes[at];
    if (sign === QUOTATION_MARK && kind === 'csv') isQuoted = !isQuoted;
    const isEnd =
      at === bytes.length ||
      (!isQuoted && (sign === LINE_FEED || (sign === CARRIAGE_RETURN && endsThere(bytes, at, kind))));
    if (isEnd && !isBlank(bytes, start, at)) yield { start, end: at, line };
    if (sign === LINE_FEED) breaks += 1;
    if (!isEnd) continue;
    start = at + 1;
    line = firstLine + breaks;
  }
}

/** Of JSON lines only together with a line feed. */
function endsThere(bytes: Uint8Array, at: number, kind: LineFormat['kind']): boolean {
  return kind === 'csv' || bytes[at + 1] === LINE_FEED;
}

export function textOf(bytes: Uint8Array, { start, end }: Pick<FileRecord, 'start' | 'end'>): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

const SPACE = 0x20;

/** Most records show it by their first byte. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true;
  const first = bytes[start] ?? 0;
  if (first > SPACE && first < 0x80) return false;
  return textOf(bytes, { start, end }).trim() === '';
}
