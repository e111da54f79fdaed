import type { Automated, Figures, Measured } from './measure.ts';
import type { Reference } from './research.ts';

const HEADINGS = [
  'field',
  'rows',
  'classes',
  'accuracy',
  'five folds',
  'top 3',
  'ECE',
  'target 95',
  'target 90',
  'other',
  's',
  'KB',
  'ms',
];
const WIDTHS = [43, 7, 8, 19, 19, 7, 6, 13, 13, 12, 6, 6, 6];

export function printHead(): void {
  console.log(line(HEADINGS));
}

/** Our figures in one line and, below it, those of the research. */
export function printField(name: string, figures: Figures, reference: Reference | undefined): void {
  console.log(
    line([
      name,
      String(figures.rows),
      String(figures.classes),
      measured(figures.accuracy),
      figures.folds ? measured(figures.folds) : '',
      percent(figures.top3),
      thousandths(figures.calibrationError),
      automated(figures.at95),
      automated(figures.at90),
      other(figures),
      figures.seconds.toFixed(1),
      figures.kilobytes.toFixed(0),
      figures.scoringMs.toFixed(2),
    ]),
  );
  if (!reference) return;
  const { accuracy, top3, calibrationError, at95 = '', at90 = '', other: more = '' } = reference;
  console.log(
    line([
      '  research',
      '',
      '',
      percent(accuracy),
      '',
      top3 ? percent(top3) : '',
      thousandths(calibrationError),
      at95,
      at90,
      more,
    ]),
  );
}

function line(cells: readonly string[]): string {
  return cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[0] ?? 0) : cell.padStart(WIDTHS[i] ?? 0))).join('');
}

function other({ auc, outOfScopeAuroc }: Figures): string {
  if (outOfScopeAuroc !== null) return `AUROC ${thousandths(outOfScopeAuroc)}`;
  return auc === null ? '' : `AUC ${thousandths(auc)}`;
}

function measured({ share, from, to }: Measured): string {
  return `${percent(share)} (${percent(from)}-${percent(to)})`;
}

function automated(value: Automated | null): string {
  return value ? `${percent(value.share)} @ ${percent(value.accuracy)}` : '0';
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function thousandths(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}
