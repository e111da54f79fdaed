import type { SQLOutputValue } from 'node:sqlite';

/** A row as SQLite gives it. */
export type Row = Record<string, SQLOutputValue>;

export function textColumn(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') throw new Error(`the column ${name} holds no text`);
  return value;
}

export function textOrNull(row: Row, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' ? value : null;
}

export function numberColumn(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== 'number') throw new Error(`the column ${name} holds no number`);
  return value;
}

export function numberOrNull(row: Row, name: string): number | null {
  const value = row[name];
  return typeof value === 'number' ? value : null;
}
