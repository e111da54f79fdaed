import type { Json, JsonObject } from '../../kernel/service.ts';
import { isObject } from '../asl/definition.ts';

/** The arguments of a task as an object; anything else has no fields. */
export function fieldsOf(input: Json): JsonObject {
  return isObject(input) ? input : {};
}

/** A field that the service takes as text: any other value goes as its JSON. */
export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `input` with those of the named fields that are there turned into text. */
export function withTextFields(input: JsonObject, names: readonly string[]): JsonObject {
  const changed: Record<string, Json> = { ...input };
  for (const name of names) {
    const value = changed[name];
    if (value !== undefined && value !== null) changed[name] = asText(value);
  }
  return changed;
}

/** All keys with their first letter in the given case, at every depth. */
export function recased(value: Json, letterCase: 'upper' | 'lower'): Json {
  if (Array.isArray(value)) return value.map((item) => recased(item, letterCase));
  if (!isObject(value)) return value;
  const recasedEntries = Object.entries(value).map(([key, item]) => {
    const first = letterCase === 'upper' ? key.charAt(0).toUpperCase() : key.charAt(0).toLowerCase();
    return [`${first}${key.slice(1)}`, recased(item, letterCase)] as const;
  });
  return Object.fromEntries(recasedEntries);
}
