import type { Flat } from './flatten.ts';
import { hashEnd, hashStart } from './hashing.ts';
import { readReference } from './path-values.ts';
import { categoryOf } from './tokens.ts';

/** By which values of a case its history is kept, from the narrowest key to the broadest, which is everything. */
export interface HistoryPlan {
  readonly keys: readonly (readonly string[])[];
  /** Paths that hold names: digits and `*` in them read as 0. */
  readonly names: readonly string[];
}

/** One hash per key of the plan; undefined where the case lacks a part of the key. */
export function historyKeys(plan: HistoryPlan, flat: Flat): readonly (number | undefined)[] {
  return plan.keys.map((key, level) => {
    const parts = key.map((reference) => partOf(reference, plan.names, flat));
    return parts.includes(undefined) ? undefined : hashEnd(hashStart(`${level}\u0001${parts.join('\u0001')}`));
  });
}

function partOf(reference: string, names: readonly string[], flat: Flat): string | undefined {
  const { path, from, to } = readReference(reference);
  const values = flat.get(path);
  if (!values) return undefined;
  const text = [...values].map(categoryOf).sort().join('\u0002');
  const read = names.includes(path) ? text.replace(/[\d*]/g, '0') : text;
  return to === undefined ? read : read.slice(from, to);
}
