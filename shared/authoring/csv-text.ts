/** What a spreadsheet takes for the start of a formula (full-width signs too), or for one behind our own apostrophe. */
const FORMULA_START = /^'*[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|]/u;
const PLAIN_NUMBER = /^-?\d+(?:[.,]\d+)?$/;

/**
 * Rows as CSV text (RFC 4180, UTF-8, CRLF). A value that a spreadsheet would take for a formula gets an apostrophe in
 * front, which spreadsheets show as text; plain numbers stay numbers.
 */
export function csvText(rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const guarded = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
