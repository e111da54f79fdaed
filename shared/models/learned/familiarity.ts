import type { Cases } from './cases.ts';
import type { LearnedSpec } from './contract.ts';
import type { Emission } from './emission.ts';
import { categoryHash, shownPath } from './encoder.ts';
import type { Flat } from './flatten.ts';
import { categoryOf } from './tokens.ts';

/** What the examples contain, so that a case with nothing of it is seen for what it is. */
export interface Familiarity {
  /** Hashes of all words and category values of the examples, rising. */
  readonly known: Uint32Array;
  /** Share of unknown words that one example in a hundred exceeds when it is left out. */
  readonly usualUnknownShare: number;
  /** Paths whose values must have been seen. */
  readonly keys: readonly string[];
}

export function fitFamiliarity(cases: Cases, spec: LearnedSpec): Familiarity {
  const rowsHolding = new Map<number, number>();
  const keys = spec.keys ?? [];
  cases.emissions.forEach(({ words, categories }, row) => {
    const hashes = new Set([
      ...words,
      ...categories,
      ...keyHashes(keys, cases.flats[row] as Flat).map(({ hash }) => hash),
    ]);
    for (const hash of hashes) rowsHolding.set(hash, (rowsHolding.get(hash) ?? 0) + 1);
  });
  const shares = cases.emissions.map(({ words }) => shareOf(words, (hash) => rowsHolding.get(hash) === 1));
  const known = Uint32Array.from(rowsHolding.keys()).sort();
  return { known, usualUnknownShare: percentile99(shares), keys };
}

/** In words, why the case is unlike the examples; empty where it is not. */
export function unfamiliar(familiarity: Familiarity, emission: Emission, flat: Flat): string[] {
  const isKnown = (hash: number) => has(familiarity.known, hash);
  const reasons = emission.lacking.map((path) => `${shownPath(path)} is missing, and no example lacked it`);
  const { words, categories, numbers } = emission;
  if (numbers === 0 && !words.some(isKnown) && !categories.some(isKnown)) reasons.push(NOTHING_KNOWN);
  const unknownShare = shareOf(words, (hash) => !isKnown(hash));
  if (unknownShare > familiarity.usualUnknownShare) {
    reasons.push(`${Math.round(unknownShare * 100)} % of its words are in no example`);
  }
  for (const { path, value, hash } of keyHashes(familiarity.keys, flat)) {
    if (!isKnown(hash)) reasons.push(`${shownPath(path)} "${value}" has not been seen before`);
  }
  return reasons;
}

export const NOTHING_KNOWN = 'nothing in it is known from the examples';

function keyHashes(keys: readonly string[], flat: Flat): { path: string; value: string; hash: number }[] {
  return keys.flatMap((path) =>
    (flat.get(path) ?? []).map((value) => {
      const category = categoryOf(value);
      return { path, value: category, hash: categoryHash(path, category) };
    }),
  );
}

function shareOf(words: readonly number[], isCounted: (hash: number) => boolean): number {
  const distinct = [...new Set(words)];
  return distinct.length === 0 ? 0 : distinct.filter(isCounted).length / distinct.length;
}

function percentile99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? 1;
}

function has(sorted: Uint32Array, value: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
