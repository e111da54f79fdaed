import type { Figure } from './figures.ts';
import { referenceOf } from './references.ts';

const HEADINGS = ['figure', 'sources', 'n', 'per second', 'median', 'p95', 'load', 'disk sync', 'to compare with'];
const RIGHT = new Set([2, 3, 4, 5, 6, 7]);

/** A table as Markdown has it, so that it can be pasted as it is. */
export function printTable(figures: readonly Figure[]): void {
  const isCompared = figures.some(({ sources }) => sources === 'beside');
  const rows = figures.map((figure) => cellsOf(figure));
  const shown = HEADINGS.map((_, column) => column).filter((column) => isCompared || column !== 1);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${shown.map((at) => pad(cells[at] ?? '', widths[at] ?? 0, RIGHT.has(at))).join(' | ')} |`;
  console.log(line(HEADINGS));
  console.log(
    line(
      HEADINGS.map((_, at) => (RIGHT.has(at) ? `${'-'.repeat((widths[at] ?? 1) - 1)}:` : '-'.repeat(widths[at] ?? 0))),
    ),
  );
  for (const row of rows) console.log(line(row));
}

function cellsOf({ figure, way, sources, n, unit, median, p95, perSecond, load, diskSyncMs }: Figure): string[] {
  return [
    way === 'wire' ? figure : `${figure} (in process)`,
    sources,
    String(n),
    perSecond === null ? '' : short(perSecond),
    `${short(median)} ${unit}`,
    `${short(p95)} ${unit}`,
    load.toFixed(1),
    `${short(diskSyncMs)} ms`,
    referenceOf(figure, way),
  ];
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function pad(text: string, width: number, isRight: boolean): string {
  return isRight ? text.padStart(width) : text.padEnd(width);
}
