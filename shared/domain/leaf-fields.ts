import type { Json, JsonObject } from '../contracts/index.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * The smallest parts of a value, by dotted path. A list is one part; so is an object that is empty or has a name with a
 * dot in it, so that no two values are spelled by the same paths. The path of the whole is empty.
 */
export function leavesOf(value: JsonObject): ReadonlyMap<string, Json> {
  return new Map(parts(value, ''));
}

/** As canonical JSON writes them; what it cannot write is the same as nothing. */
export function isSameJson(a: Json, b: Json): boolean {
  try {
    return canonicalJson(a) === canonicalJson(b);
  } catch {
    return false;
  }
}

function parts(value: Json, path: string): [string, Json][] {
  const names = isRecord(value) ? Object.keys(value) : [];
  if (!isRecord(value) || names.length === 0 || names.some(isAmbiguous)) return [[path, value]];
  return names.flatMap((name) => parts(value[name] ?? null, path === '' ? name : `${path}.${name}`));
}

function isAmbiguous(name: string): boolean {
  return name === '' || name.includes('.');
}

function isRecord(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
