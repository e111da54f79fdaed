import type { Action, FactChange, Json, PinnedFact, Reading } from '../contracts/index.ts';
import { digestOf } from './digest.ts';

/** What was read now of a source that an action rests on. `reading` is null where it could not be read. */
export interface FactNow {
  readonly source: string;
  readonly path: string;
  readonly key: string;
  readonly reading: Reading | null;
}

/** A declared pin, `<source>` or `<source>.<path>`, in its parts. */
export function pinParts(pin: string): { readonly source: string; readonly path: string } {
  const [source = '', ...path] = pin.split('.');
  return { source, path: path.join('.') };
}

/** Pins what was read. A source that could not be read is pinned too: that it could not is what the proposal rests on. */
export function pinFacts(read: readonly FactNow[]): PinnedFact[] {
  return read.map(({ source, path, key, reading }) => ({ source, path, key, hash: digestOf(partOf(reading, path)) }));
}

/**
 * What is no longer as it was pinned. A record that was changed, deleted, cannot be read, or was not read again counts
 * as changed. `before` is what was known of it when it was pinned.
 */
export function changedFacts(
  pinned: Action['pinned'],
  before: readonly Reading[],
  now: readonly FactNow[],
): FactChange[] {
  return pinned.flatMap((pin): FactChange[] => {
    const { source, path } = pin;
    const found = now.find((fact) => fact.source === source && fact.path === path);
    const old = partOf(before.find((reading) => reading.source === source) ?? null, path);
    if (found === undefined || found.reading === null || found.reading.status === 'failed') {
      return [{ source, path, before: old, after: null }];
    }
    const current = partOf(found.reading, path);
    if (found.key === pin.key && digestOf(current) === pin.hash) return [];
    const changes = differences(old, current, path).map((change) => ({ source, ...change }));
    // The record is another one, though what is kept of it reads the same.
    return changes.length > 0 ? changes : [{ source, path, before: old, after: current }];
  });
}

function partOf(reading: Reading | null, path: string): Json {
  const data = dataOf(reading);
  if (path === '') return data;
  return path.split('.').reduce<Json>((value, key) => (isRecord(value) ? (value[key] ?? null) : null), data);
}

function dataOf(reading: Reading | null): Json {
  return reading === null || reading.status === 'failed' ? null : reading.data;
}

/** The smallest parts that differ, by dotted path. */
function differences(before: Json, after: Json, path: string): { path: string; before: Json; after: Json }[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) =>
      differences(before[name] ?? null, after[name] ?? null, path === '' ? name : `${path}.${name}`),
    );
  }
  return digestOf(before) === digestOf(after) ? [] : [{ path, before, after }];
}

function isRecord(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
