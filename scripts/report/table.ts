import { FEWEST_COLUMNS } from '../command/fitted.ts';

const GAP = '  ';
/** A column of words is not made narrower than this; below it, nobody likes to read. */
const NARROWEST_WORDS = 16;

/**
 * Rows as aligned columns under their heads; columns in which every row holds a number, or nothing, stand to the right. What is
 * too wide for a terminal of so many columns is broken inside its own column. Where not even that fits, each row is told by its
 * first cell, with the others under it beside their heads; a row without a first cell goes on with the row before.
 *
 * @param columns the width of the terminal; undefined for a file or another program, which get each row in one line
 */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number | undefined = process.stdout.columns,
): readonly string[] {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)));
  if (columns === undefined || columns < FEWEST_COLUMNS || total(widths) <= columns)
    return aligned(heads, rows, widths);
  const least = heads.map((head, at) => leastOf(head, cellsOf(rows, at)));
  if (total(least) > columns) return told(heads, rows, columns);
  return aligned(heads, rows, shrunk(widths, least, columns));
}

function aligned(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): readonly string[] {
  const isNumber = heads.map((_, at) => cellsOf(rows, at).every((cell) => NUMBER.test(cell)));
  const lines = (row: readonly string[]): readonly string[] => {
    const cells = widths.map((width, at) => brokenTo(row[at] ?? '', width));
    const height = Math.max(1, ...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((cell, at) => {
          const [text, width] = [cell[line] ?? '', widths[at] ?? 0];
          return isNumber[at] === true ? text.padStart(width) : text.padEnd(width);
        })
        .join(GAP)
        .trimEnd(),
    );
  };
  return [...lines(heads), widths.map((width) => '-'.repeat(width)).join(GAP), ...rows.flatMap(lines)];
}

const NUMBER = /^(-?[\d.,]+)?$/;

/** Each row by its first cell, and below it as many of `head: value` in a line as fit. */
function told(heads: readonly string[], rows: readonly (readonly string[])[], columns: number): readonly string[] {
  const records: string[][][] = [];
  for (const row of rows) {
    if (row[0] !== '' || records.length === 0) records.push(heads.map(() => []));
    row.forEach((cell, at) => {
      if (cell !== '') records.at(-1)?.[at]?.push(cell);
    });
  }
  return records.flatMap(([first = [], ...others]) => {
    const pairs = others.flatMap((cells, at) => (cells.length === 0 ? [] : [`${heads[at + 1]}: ${cells.join(', ')}`]));
    return [first.join(', '), ...joined(pairs, columns - GAP.length).map((line) => `${GAP}${line}`)];
  });
}

function joined(pairs: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const pair of pairs) {
    const longer = `${lines.at(-1) ?? ''}${GAP} ${pair}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(pair);
  }
  return lines;
}

/** A column of words may be as narrow as its longest word; one of numbers and other short cells breaks its head alone. */
function leastOf(head: string, cells: readonly string[]): number {
  const longestWord = Math.max(...[head, ...cells].flatMap((text) => text.split(' ')).map((word) => word.length));
  const longest = Math.max(0, ...cells.map((cell) => cell.length));
  return Math.max(longestWord, Math.min(longest, NARROWEST_WORDS));
}

/** Takes from the widest column that can give, until all of it fits. */
function shrunk(widths: readonly number[], least: readonly number[], columns: number): readonly number[] {
  const now = [...widths];
  while (total(now) > columns) {
    const spare = now.map((width, at) => (width > (least[at] ?? width) ? width : 0));
    const widest = spare.indexOf(Math.max(...spare));
    now[widest] = (now[widest] ?? 0) - 1;
  }
  return now;
}

function brokenTo(text: string, width: number): readonly string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function cellsOf(rows: readonly (readonly string[])[], at: number): readonly string[] {
  return rows.map((row) => row[at] ?? '');
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);
}
