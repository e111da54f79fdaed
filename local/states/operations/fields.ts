import type { Json, JsonObject } from '../../kernel/service.ts';
import { constraintError, invalidName, validationError } from './refusals.ts';

/** Reads the members of a request. Throws ValidationException in the words of the API. */
export function requiredText(input: JsonObject, name: string): string {
  const value = input[name];
  if (value === undefined || value === null) {
    throw validationError(
      `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return textOf(value, name);
}

export function optionalText(input: JsonObject, name: string): string | null {
  const value = input[name];
  return value === undefined || value === null ? null : textOf(value, name);
}

export function optionalFlag(input: JsonObject, name: string): boolean | null {
  const value = input[name];
  return typeof value === 'boolean' ? value : null;
}

/** A page size: 100 where it is 0 or missing, at most 1,000. */
export function pageSize(input: JsonObject): number {
  const value = input['maxResults'] ?? 0;
  if (typeof value !== 'number' || value < 0 || value > 1000) {
    throw constraintError('maxResults', JSON.stringify(value), 'Member must have value less than or equal to 1000');
  }
  return value === 0 ? 100 : value;
}

/** The name of a machine, execution, alias or activity, by the character rule of Step Functions. */
export function checkedName(name: string): string {
  if (name.length > 80) throw constraintError('name', name, 'Member must have length less than or equal to 80');
  if (name.length === 0) throw constraintError('name', name, 'Member must have length greater than or equal to 1');
  if (FORBIDDEN.test(name)) throw invalidName(name);
  return name;
}

const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\ufffe\uffff]/u;

function textOf(value: Json, name: string): string {
  if (typeof value !== 'string') throw constraintError(name, JSON.stringify(value), 'Member must be a string');
  return value;
}

/** Milliseconds since the epoch as the API tells times: in seconds. */
export function seconds(atMs: number): number {
  return atMs / 1000;
}

/** `fields` without those that are null or undefined. */
export function present(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined && value !== null) kept[name] = value;
  return kept;
}
