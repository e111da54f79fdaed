import type { Json } from './contract.ts';

/** Values by path, such as `input.title`; a list is the set of its values under one path; empty values are absent. */
export type Flat = ReadonlyMap<string, readonly Scalar[]>;
export type Scalar = string | number | boolean;

export function flatten(input: Json): Flat {
  const flat = new Map<string, Scalar[]>();
  collect(input, '', flat);
  return flat;
}

function collect(value: Json | undefined, path: string, into: Map<string, Scalar[]>): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'object') {
    if (isList(value)) for (const item of value) collect(item, path, into);
    else for (const key of Object.keys(value)) collect(value[key], path === '' ? key : `${path}.${key}`, into);
    return;
  }
  if (isEmpty(value)) return;
  const values = into.get(path);
  if (!values) into.set(path, [value]);
  else if (!values.includes(value)) values.push(value);
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function isEmpty(value: Scalar): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'string' && value.trim() === '';
}
