/** Narrower than this nothing is broken. */
export const FEWEST_COLUMNS = 40;

/**
 * Lines that are wider than so many columns, broken at spaces; what goes on stands under the last of its columns, or under where
 * the line began. A word that is wider than that stays whole, so that addresses and commands can be copied.
 */
export function fitted(text: string, columns: number | undefined): string {
  if (columns === undefined || columns < FEWEST_COLUMNS) return text;
  return text
    .split('\n')
    .flatMap((line) => (line.length <= columns ? [line] : broken(line, columns)))
    .join('\n');
}

function broken(line: string, columns: number): string[] {
  const indent = ' '.repeat(hangingAt(line, columns));
  const lines: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    const from = lines.length === 0 ? indent.length : indent.length + 1;
    const within = rest.lastIndexOf(' ', columns);
    const at = within > from ? within : rest.indexOf(' ', columns);
    if (at < 0) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = `${indent}${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest];
}

/** Where the last column begins that leaves half of the width to its words. */
function hangingAt(line: string, columns: number): number {
  const starts = [...line.matchAll(/^ *- +|(?:^| {2,})(?=\S)|^ +/g)].map((gap) => gap.index + gap[0].length);
  return starts.filter((start) => start <= columns / 2).at(-1) ?? 0;
}
