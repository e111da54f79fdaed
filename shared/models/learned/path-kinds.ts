import type { FeatureKind, FeatureOverride, LearnedSpec } from './contract.ts';
import type { Flat, Scalar } from './flatten.ts';
import { quantileCuts } from './number-bins.ts';

/** How one path of a case is read. */
export interface PathPlan {
  readonly path: string;
  readonly kinds: readonly FeatureKind[];
  /** Bin edges where the path is a number, else empty. */
  readonly cuts: readonly number[];
  /** No example lacked it. */
  readonly isAlwaysThere: boolean;
}

/** One plan per path that occurs, in order of path. Kinds come from the specification, or are guessed from the values. */
export function planPaths(rows: readonly Flat[], spec: LearnedSpec): PathPlan[] {
  const paths = new Set<string>();
  for (const row of rows) for (const path of row.keys()) paths.add(path);
  return [...paths].sort().map((path) => planPath(path, rows, spec.features?.[path]));
}

function planPath(path: string, rows: readonly Flat[], override: FeatureOverride | undefined): PathPlan {
  const present = rows.map((row) => row.get(path) ?? []).filter((values) => values.length > 0);
  const values = present.flat();
  const kinds = override === undefined ? guessKinds(values) : kindsOf(override);
  return {
    path,
    kinds: kinds.filter((kind) => kind !== 'ignore'),
    cuts: kinds.includes('number') ? (fixedCuts(override) ?? quantileCuts(values.filter(isNumber))) : [],
    isAlwaysThere: present.length === rows.length,
  };
}

function kindsOf(override: FeatureOverride): readonly FeatureKind[] {
  if (typeof override === 'string') return [override];
  return 'cuts' in override ? ['number'] : override;
}

function fixedCuts(override: FeatureOverride | undefined): readonly number[] | undefined {
  return typeof override === 'object' && 'cuts' in override ? override.cuts : undefined;
}

function guessKinds(values: readonly Scalar[]): readonly FeatureKind[] {
  if (values.every((value) => typeof value === 'number')) return ['number'];
  const texts = values.map(String);
  if (texts.every((text) => /^\d{4}-\d{2}-\d{2}(T|$)/.test(text))) return ['date'];
  return guessTextKinds(texts);
}

/** A short string that repeats is a category; one of many such is a text as well; what never repeats is a text. */
function guessTextKinds(texts: readonly string[]): readonly FeatureKind[] {
  const distinct = new Set(texts);
  const repeats = distinct.size <= texts.length * 0.5 || distinct.size <= 2;
  const isShort = texts.every((text) => text.length <= 60);
  if (isShort && repeats)
    return distinct.size <= MOST_OPTIONS || isIdentifier(distinct) ? ['category'] : ['text', 'category'];
  return isIdentifier(distinct) ? ['ignore'] : ['text'];
}

/** More distinct values than this are names, not options of a list. */
const MOST_OPTIONS = 30;

/** Codes: one run of characters with a digit in it, in at least nine of ten values. */
function isIdentifier(values: ReadonlySet<string>): boolean {
  let codes = 0;
  for (const value of values) if (/^(?=\S*\d)[\w:.-]{3,}$/.test(value)) codes++;
  return codes >= values.size * 0.9;
}

function isNumber(value: Scalar): value is number {
  return typeof value === 'number';
}
