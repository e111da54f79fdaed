import type { Flat, Scalar } from './flatten.ts';
import { binOf, describeBin } from './number-bins.ts';
import type { PathPlan } from './path-kinds.ts';
import { categoryOf, normalise, wordsOf } from './tokens.ts';

/** A value of a path as a token: `key` is hashed, `shown` is for people. */
export interface ValueToken {
  readonly key: string;
  readonly shown: string;
}

/** What stands for a path that a case lacks. */
export const MISSING: ValueToken = { key: '\u0000missing', shown: 'missing' };

/** The values that a cross may join: categories, bins, or the single words of a text; `MISSING` where there are none. */
export function crossTokens(reference: string, row: Flat, plans: ReadonlyMap<string, PathPlan>): readonly ValueToken[] {
  const { path, from, to } = readReference(reference);
  const values = row.get(path) ?? [];
  if (values.length === 0) return [MISSING];
  if (to !== undefined) return values.map((value) => sameToken(categoryOf(value).slice(from, to)));
  const plan = plans.get(path);
  if (plan?.kinds.includes('number')) return numberTokens(values, plan.cuts);
  if (plan?.kinds.includes('text') && !plan.kinds.includes('category')) return wordTokens(values);
  return values.map((value) => sameToken(categoryOf(value)));
}

export function numberTokens(values: readonly Scalar[], cuts: readonly number[]): ValueToken[] {
  return values
    .map(Number)
    .filter(Number.isFinite)
    .map((value) => binOf(value, cuts))
    .map((bin) => ({ key: `@${bin}`, shown: describeBin(bin, cuts) }));
}

export function sameToken(text: string): ValueToken {
  return { key: text, shown: text };
}

/** `input.merchant[0..6]` is the path with a range of characters. */
export function readReference(reference: string): { path: string; from?: number; to?: number } {
  const match = /^(.*)\[(\d+)\.\.(\d+)\]$/.exec(reference);
  if (!match) return { path: reference };
  return { path: match[1] as string, from: Number(match[2]), to: Number(match[3]) };
}

function wordTokens(values: readonly Scalar[]): ValueToken[] {
  const words = new Set(values.flatMap((value) => wordsOf(normalise(String(value)))));
  return [...words].map(sameToken);
}
