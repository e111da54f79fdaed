import type { JsonObject, LineFormat } from '../contracts/index.ts';
import { readCells, splitRecords } from './csv.ts';
import { parseUntrustedJson, REFUSED_NAMES } from './untrusted-json.ts';

export type BatchFile =
  | { readonly ok: true; readonly format: LineFormat; readonly lines: readonly string[] }
  | { readonly ok: false; readonly problem: string };

export type LineBody =
  | { readonly ok: true; readonly body: JsonObject }
  | { readonly ok: false; readonly problem: string };

/** As many as one file may have. */
export const MOST_LINES = 2_000;

/**
 * A file of many lines: JSON lines where the first begins with `{`, else CSV whose first record is the heading. The
 * lines are split and not read yet, so that one that is broken does not keep the others back.
 */
export function readBatchFile(file: string, mostLines = MOST_LINES): BatchFile {
  const text = file.replace(/^\ufeff/, '');
  // The queue takes neither, and no text needs them.
  if (/[\ufffe\uffff]/.test(text)) return { ok: false, problem: 'The file holds signs that are no characters.' };
  const read = text.trimStart().startsWith('{') ? jsonLines(text) : csvFile(text);
  if (!read.ok || read.lines.length <= mostLines) return read;
  return { ok: false, problem: `The file has ${read.lines.length} lines; at most ${mostLines} are taken: split it.` };
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

function jsonLines(text: string): BatchFile {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return { ok: true, format: { kind: 'json-lines' }, lines };
}

function jsonBody(text: string): LineBody {
  const parsed = parseUntrustedJson(new TextEncoder().encode(text));
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ok: true, body: value };
  return { ok: false, problem: 'It is not a JSON object.' };
}

function csvFile(text: string): BatchFile {
  const [first, ...lines] = splitRecords(text);
  if (first === undefined) return { ok: false, problem: 'The file is empty.' };
  const separator = separatorOf(first);
  const heading = readCells(first, separator);
  if (!heading.ok) return { ok: false, problem: `The heading cannot be read. ${heading.problem}` };
  const problem = headingProblem(heading.cells);
  if (problem !== null) return { ok: false, problem };
  return { ok: true, format: { kind: 'csv', separator, heading: [...heading.cells] }, lines };
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
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? null : `The column ${JSON.stringify(twice)} stands twice in the heading.`;
}
