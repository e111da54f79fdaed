import { isUtf8 } from 'node:buffer';
import type { JsonObject, LineFormat } from '../../contracts/index.ts';
import { parseUntrustedJson, REFUSED_NAMES } from '../untrusted-json.ts';
import { readCells } from './csv.ts';
import { type FileRecord, recordsOf, textOf } from './file-records.ts';

export type BatchFile =
  | { readonly ok: true; readonly format: LineFormat; readonly records: readonly FileRecord[] }
  | { readonly ok: false; readonly problem: string };

export type LineBody =
  | { readonly ok: true; readonly body: JsonObject }
  | { readonly ok: false; readonly problem: string };

/** As large as a file may be. */
export const LARGEST_STORED_BYTES = 50_000_000;

/** As many lines as one may have. */
export const MOST_LINES = 100_000;

/** Of the names of all columns, as JSON: each line on the queue has them with it. */
const LARGEST_HEADING_BYTES = 40_000;

export function tooLargeStored(bytes: number): string {
  return `The file has ${bytes} bytes; at most ${LARGEST_STORED_BYTES} are taken: split it.`;
}

/**
 * A file of many lines: JSON lines where the first begins with `{`, else CSV whose first record is the heading. Its lines
 * are found and not read yet, so that one that is broken does not keep the others back. The same for the same bytes.
 */
export function readBatchFile(file: Uint8Array): BatchFile {
  if (!isUtf8(file)) return refused('The file is not valid UTF-8.');
  // The queue takes neither, and no text needs them.
  if (NO_CHARACTERS.some((sign) => holds(file, sign))) return refused('The file holds signs that are no characters.');
  return isJsonLines(file) ? jsonLines(file) : csvFile(file);
}

/** The fields of one line; those of CSV are all text, and each has the name that stands over it. */
export function readLine(format: LineFormat, text: string): LineBody {
  if (format.kind === 'json-lines') return jsonBody(text);
  const record = readCells(text, format.separator);
  if (!record.ok) return record;
  const { heading } = format;
  if (record.cells.length !== heading.length) {
    return { ok: false, problem: `It has ${record.cells.length} cells, and the heading has ${heading.length}.` };
  }
  return { ok: true, body: Object.fromEntries(heading.map((name, index) => [name, record.cells[index] ?? ''])) };
}

function jsonBody(text: string): LineBody {
  const parsed = parseUntrustedJson(new TextEncoder().encode(text));
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ok: true, body: value };
  return { ok: false, problem: 'It is not a JSON object.' };
}

const MARK_OF_ORDER = Buffer.from('\ufeff');
const NO_CHARACTERS = ['\ufffe', '\uffff'].map((sign) => Buffer.from(sign));

function holds(file: Uint8Array, sign: Buffer): boolean {
  return Buffer.from(file.buffer, file.byteOffset, file.byteLength).includes(sign);
}

function isJsonLines(file: Uint8Array): boolean {
  const first = recordsOf(file, 'json-lines').next().value;
  return first !== undefined && textOf(file, first).trimStart().startsWith('{');
}

function jsonLines(file: Uint8Array): BatchFile {
  const read = withFormat(file, { kind: 'json-lines' }, 0);
  const [first, ...others] = read.ok ? read.records : [];
  const isMarked = first?.start === 0 && MARK_OF_ORDER.equals(file.subarray(0, MARK_OF_ORDER.length));
  if (!read.ok || first === undefined || !isMarked) return read;
  return { ...read, records: [{ ...first, start: MARK_OF_ORDER.length }, ...others] };
}

function csvFile(file: Uint8Array): BatchFile {
  const first = recordsOf(file, 'csv').next().value;
  if (first === undefined) return refused('The file is empty.');
  // One quotation mark that is not closed makes the whole file its heading, which is too much to be looked at.
  if (first.end - first.start > LARGEST_HEADING_BYTES) return refused(tooLargeHeading(first.end - first.start));
  // A mark of byte order is white space, which is no part of a name.
  const text = textOf(file, first);
  const separator = separatorOf(text);
  const heading = readCells(text, separator);
  if (!heading.ok) return refused(`The heading cannot be read. ${heading.problem}`);
  const problem = headingProblem(heading.cells);
  if (problem !== null) return refused(problem);
  return withFormat(file, { kind: 'csv', separator, heading: [...heading.cells] }, 1);
}

/** @param passed records that are no lines */
function withFormat(file: Uint8Array, format: LineFormat, passed: number): BatchFile {
  const bytes = Buffer.byteLength(JSON.stringify(format));
  if (bytes > LARGEST_HEADING_BYTES) {
    return refused(tooLargeHeading(bytes));
  }
  const records = [
    ...recordsOf(file, format.kind)
      .drop(passed)
      .take(MOST_LINES + 1),
  ];
  if (records.length <= MOST_LINES) return { ok: true, format, records };
  return refused(`The file has more than ${MOST_LINES} lines; at most ${MOST_LINES} are taken: split it.`);
}

function tooLargeHeading(bytes: number): string {
  return `The heading makes ${bytes} bytes; at most ${LARGEST_HEADING_BYTES} are taken.`;
}

function refused(problem: string): BatchFile {
  return { ok: false, problem };
}

/** The sign that divides the heading into most cells; the comma where none does. */
function separatorOf(heading: string): string {
  const count = (sign: string): number => heading.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function headingProblem(names: readonly string[]): string | null {
  if (names.some((name) => name === '')) return 'A column has no name in the heading.';
  const refused = names.find((name) => REFUSED_NAMES.has(name) || !name.isWellFormed());
  if (refused !== undefined) return `The column name ${JSON.stringify(refused)} is not accepted.`;
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  return twice === undefined ? null : `The column ${JSON.stringify(twice)} stands twice in the heading.`;
}
