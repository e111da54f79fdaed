import { CATEGORIES, type Emission, emit, emptyEmission, nameFeature } from './emission.ts';
import type { Flat, Scalar } from './flatten.ts';
import { hashEnd, hashStart } from './hashing.ts';
import type { PathPlan } from './path-kinds.ts';
import { crossTokens, MISSING, numberTokens, sameToken, type ValueToken } from './path-values.ts';
import { emitText } from './text-features.ts';
import { categoryOf } from './tokens.ts';

/** How a case becomes features: fixed when trained, stored with the model. Paths, then crosses, are the blocks of features. */
export interface FeaturePlan {
  readonly paths: readonly PathPlan[];
  readonly crosses: readonly (readonly [string, string])[];
}

/** Returns the function that turns a flattened case into its features. */
export function encoder(plan: FeaturePlan): (row: Flat) => Emission {
  const byPath = new Map(plan.paths.map((path) => [path.path, path]));
  const texts = plan.paths.filter((path) => path.kinds.includes('text'));
  const isOnlyText = texts.length === 1;
  return (row) => {
    const into = emptyEmission();
    plan.paths.forEach((path, block) => {
      into.block = block;
      emitPath(into, path, row.get(path.path) ?? [], isOnlyText ? '' : path.path);
    });
    plan.crosses.forEach((cross, position) => {
      into.block = plan.paths.length + position;
      emitCross(into, cross, row, byPath);
    });
    return into;
  };
}

/** A path as people read it: without the leading `input.` or `sources.`. */
export function shownPath(path: string): string {
  return path.replace(/^(input|sources)\./, '');
}

function emitPath(into: Emission, plan: PathPlan, values: readonly Scalar[], textField: string): void {
  if (plan.kinds.length === 0) return;
  if (values.length === 0) {
    if (plan.isAlwaysThere) into.lacking.push(plan.path);
    else emitCategory(into, plan.path, MISSING);
    return;
  }
  for (const kind of plan.kinds) {
    if (kind === 'text') for (const value of values) emitText(into, textField, shownPath(plan.path), String(value));
    if (kind === 'category') for (const value of values) emitKey(into, plan.path, categoryOf(value));
    if (kind === 'number') emitNumbers(into, plan, values);
    if (kind === 'date') for (const value of values) emitDate(into, plan.path, String(value));
  }
}

function emitKey(into: Emission, path: string, value: string): void {
  into.categories.push(emitCategory(into, path, sameToken(value)));
}

function emitNumbers(into: Emission, plan: PathPlan, values: readonly Scalar[]): void {
  for (const token of numberTokens(values, plan.cuts)) {
    emitCategory(into, plan.path, token);
    into.numbers++;
  }
}

function emitDate(into: Emission, path: string, value: string): void {
  const atMs = Date.parse(value.slice(0, 10));
  if (Number.isNaN(atMs)) return;
  into.numbers++;
  emitCategory(into, `${path} month`, sameToken(value.slice(5, 7)));
  emitCategory(into, `${path} weekday`, sameToken(WEEKDAYS[(Math.floor(atMs / DAY_MS) + 4) % 7] ?? ''));
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function emitCross(
  into: Emission,
  [first, second]: readonly [string, string],
  row: Flat,
  plans: ReadonlyMap<string, PathPlan>,
): void {
  const path = `${shownPath(first)} and ${shownPath(second)}`;
  const others = crossTokens(second, row, plans);
  for (const one of crossTokens(first, row, plans)) {
    for (const other of others) {
      const token = { key: `${one.key}\u0002${other.key}`, shown: `${one.shown}, ${other.shown}` };
      emitCategory(into, path, token);
    }
  }
}

/** Emits `path=value` and returns its hash. */
function emitCategory(into: Emission, path: string, token: ValueToken): number {
  const hash = categoryHash(path, token.key);
  emit(into, hash, CATEGORIES, nameFeature(into, `${shownPath(path)}: ${token.shown}`));
  return hash;
}

export function categoryHash(path: string, key: string): number {
  return hashEnd(hashStart(`k${path}\u0001${key}`));
}
