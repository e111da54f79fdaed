import { hashEnd, hashStart } from './hashing.ts';

/** A way to check a model on rows that it did not see: fit on `fit`, look at `check`. */
export interface Split {
  readonly fit: Int32Array;
  readonly check: Int32Array;
}

/** What splitting needs to know of a row. */
export interface SplitRow {
  /** Position among the examples. */
  readonly row: number;
  readonly label: number;
  /** Rows with the same unit stay together: a group, or the same input. */
  readonly unit: string;
  readonly date?: string | undefined;
}

export const FOLDS = 5;

/** Five folds: units in order of their hash, dealt out class by class. */
export function dealFolds(rows: readonly SplitRow[], folds = FOLDS): Split[] {
  const units = unitsOf(rows);
  const byLabel = Map.groupBy(units, (unit) => unit.label);
  const foldOf = new Map<number, number>();
  let next = 0;
  for (const label of [...byLabel.keys()].sort((a, b) => a - b)) {
    for (const unit of byLabel.get(label) ?? []) {
      for (const row of unit.rows) foldOf.set(row, next % folds);
      next++;
    }
  }
  return Array.from({ length: folds }, (_, fold) => splitBy(rows, (row) => foldOf.get(row.row) === fold));
}

/** The newest fifth checks a model of the older four; undefined where a row has no date or there are too few rows. */
export function newestFifth(rows: readonly SplitRow[], fewestChecks: number): Split | undefined {
  if (rows.some((row) => row.date === undefined) || rows.length / FOLDS < fewestChecks) return undefined;
  const dates = rows.map((row) => row.date ?? '').sort();
  const from = dates[Math.floor(rows.length * 0.8)] as string;
  return splitBy(rows, (row) => (row.date ?? '') >= from);
}

interface Unit {
  readonly label: number;
  readonly hash: number;
  readonly rows: number[];
}

function unitsOf(rows: readonly SplitRow[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const { row, label, unit } of rows) {
    const known = units.get(unit);
    if (known) known.rows.push(row);
    else units.set(unit, { label, hash: hashEnd(hashStart(unit)), rows: [row] });
  }
  return [...units.values()].sort((a, b) => a.hash - b.hash);
}

function splitBy(rows: readonly SplitRow[], isChecked: (row: SplitRow) => boolean): Split {
  const check = rows.filter(isChecked).map((row) => row.row);
  const fit = rows.filter((row) => !isChecked(row)).map((row) => row.row);
  return { fit: Int32Array.from(fit), check: Int32Array.from(check) };
}
