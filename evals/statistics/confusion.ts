import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../shared/contracts/index.ts';

export interface Confusion {
  readonly field: string;
  readonly values: readonly string[];
  /** By row the right value, by column the one that was given. */
  readonly counts: readonly (readonly number[])[];
}

export interface Given {
  readonly expected: Json;
  readonly given: Json;
}

/** How often each value was given for each right one; null for a field of more values than can be read at a glance. */
export function confusionOf(field: string, pairs: readonly Given[], mostValues = 12): Confusion | null {
  const found = pairs.flatMap(({ expected, given }) => [expected, given]);
  const values = found.filter((one, at) => found.findIndex((other) => isDeepStrictEqual(one, other)) === at);
  if (values.length > mostValues) return null;
  const ordered = values.toSorted((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : Number(b === true) - Number(a === true),
  );
  const count = (row: Json, column: Json): number =>
    pairs.filter(({ expected, given }) => isDeepStrictEqual(expected, row) && isDeepStrictEqual(given, column)).length;
  return {
    field,
    values: ordered.map(wordOf),
    counts: ordered.map((row) => ordered.map((column) => count(row, column))),
  };
}

function wordOf(value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
}
