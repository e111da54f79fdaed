import type { Json, JsonObject } from '../../shared/contracts/index.ts';

/** `2026-11-23 17:41:20 UTC` */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `name: value` for every field, nested ones by their path; text of several lines goes below its name. */
export function fieldLines(fields: JsonObject, indent: string): string[] {
  return flatten(fields, '').flatMap(([path, value]) => {
    const [first = '', ...rest] = value.split('\n');
    if (rest.length === 0) return [`${indent}${path}: ${first}`];
    return [`${indent}${path}:`, ...[first, ...rest].map((line) => `${indent}  ${line}`.trimEnd())];
  });
}

function flatten(value: Json, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  if (Array.isArray(value))
    return [[path, value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ')]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`));
}
