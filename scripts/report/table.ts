/** Rows as aligned columns under their heads; columns in which every row holds a number, or nothing, stand to the right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)));
  const isNumber = heads.map((_, at) => rows.every((row) => /^(-?[\d.,]+)?$/.test(row[at] ?? '')));
  const line = (row: readonly string[]): string => {
    const cells = widths.map((width, at) =>
      isNumber[at] === true ? (row[at] ?? '').padStart(width) : (row[at] ?? '').padEnd(width),
    );
    return cells.join('  ').trimEnd();
  };
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
