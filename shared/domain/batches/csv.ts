/** One record of CSV: its cells, or what is wrong with it. */
export type CsvRecord =
  | { readonly ok: true; readonly cells: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/**
 * The cells of one record. They are text, whatever they look like: nothing is computed, and nothing is trimmed but the
 * white space around cells without quotation marks.
 */
export function readCells(record: string, separator: string): CsvRecord {
  const cells: string[] = [];
  let rest = record;
  for (;;) {
    const cell = rest.trimStart().startsWith('"') ? quotedCell(rest.trimStart()) : plainCell(rest, separator);
    if (cell === null) return { ok: false, problem: 'A quotation mark is not closed, or stands inside a cell.' };
    cells.push(cell.value);
    const after = cell.rest.trimStart();
    if (cell.rest.startsWith(separator)) rest = cell.rest.slice(1);
    else if (after === '') return { ok: true, cells };
    else if (after.startsWith(separator)) rest = after.slice(1);
    else return { ok: false, problem: 'There is text behind a closing quotation mark.' };
  }
}

interface Cell {
  readonly value: string;
  readonly rest: string;
}

function quotedCell(text: string): Cell | null {
  const found = /^"((?:[^"]|"")*)"/.exec(text);
  if (found === null) return null;
  return { value: (found[1] ?? '').replaceAll('""', '"'), rest: text.slice(found[0].length) };
}

function plainCell(text: string, separator: string): Cell | null {
  const end = text.indexOf(separator);
  const value = end < 0 ? text : text.slice(0, end);
  return value.includes('"') ? null : { value: value.trim(), rest: end < 0 ? '' : text.slice(end) };
}
