import { notBuilt } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import { serializationError, validationError } from './errors.ts';

/** Reads members of a request; absent and null are the same. Members of the wrong kind are a SerializationException. */
export function optionalString(input: JsonObject, name: string): string | null {
  const value = input[name] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw serializationError(`${name} must be a string`);
}

export function requiredString(input: JsonObject, name: string): string {
  return optionalString(input, name) ?? refuseMissing(name);
}

export function optionalBoolean(input: JsonObject, name: string): boolean | null {
  const value = input[name] ?? null;
  if (value === null || typeof value === 'boolean') return value;
  throw serializationError(`${name} must be a boolean`);
}

export function optionalInteger(input: JsonObject, name: string): number | null {
  const value = input[name] ?? null;
  if (value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw serializationError(`${name} must be an integer`);
}

export function optionalObject(input: JsonObject, name: string): JsonObject | null {
  const value = input[name] ?? null;
  return value === null ? null : asObject(value, name);
}

export function requiredObject(input: JsonObject, name: string): JsonObject {
  return optionalObject(input, name) ?? refuseMissing(name);
}

export function optionalList(input: JsonObject, name: string): readonly Json[] | null {
  const value = input[name] ?? null;
  if (value === null) return null;
  if (Array.isArray(value)) return value as readonly Json[];
  throw serializationError(`${name} must be a list`);
}

export function requiredList(input: JsonObject, name: string): readonly Json[] {
  return optionalList(input, name) ?? refuseMissing(name);
}

/** A list of objects; empty when absent. */
export function objectsIn(input: JsonObject, name: string): readonly JsonObject[] {
  return (optionalList(input, name) ?? []).map((entry) => asObject(entry, name));
}

/** One of the given words, or null when absent. */
export function optionalWord<T extends string>(input: JsonObject, name: string, words: readonly T[]): T | null {
  const value = optionalString(input, name);
  if (value === null) return null;
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  throw constraint(value, name, `Member must satisfy enum value set: [${words.join(', ')}]`);
}

export function asObject(value: Json, name: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw serializationError(`${name} must be a map`);
}

/** @throws UnsupportedOperationException for a member that this runtime would otherwise pass over in silence. */
export function refuseUnknown(operation: string, input: JsonObject, known: readonly string[]): void {
  for (const name in input) {
    if (known.includes(name) || input[name] === null || input[name] === undefined) continue;
    throw notBuilt('dynamodb', legacyParameters.has(name) ? legacyText(operation, name) : `${operation} with ${name}`);
  }
}

/** `1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: …` */
export function constraint(value: string | number | null, name: string, rule: string): Error {
  const shown = value === null ? 'null' : `'${value}'`;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return validationError(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

function refuseMissing(name: string): never {
  throw constraint(null, name, 'Member must not be null');
}

const legacyParameters = new Map([
  ['Expected', 'ConditionExpression'],
  ['ConditionalOperator', 'ConditionExpression or FilterExpression'],
  ['AttributeUpdates', 'UpdateExpression'],
  ['AttributesToGet', 'ProjectionExpression'],
  ['KeyConditions', 'KeyConditionExpression'],
  ['QueryFilter', 'FilterExpression'],
  ['ScanFilter', 'FilterExpression'],
]);

function legacyText(operation: string, name: string): string {
  return `${operation} with the legacy parameter ${name} (${legacyParameters.get(name)} takes its place)`;
}
