import type { Json, JsonObject } from '../kernel/service.ts';

/** An answer without the members that are not there. */
export function present(members: { readonly [key: string]: Json | undefined }): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(members)) if (value !== undefined) kept[key] = value;
  return kept;
}

/** JSON text that this runtime wrote itself, read back. */
export function fromJson(text: unknown): Json {
  return JSON.parse(String(text)) as Json;
}

/** As `fromJson`, for an object. */
export function objectFromJson(text: unknown): JsonObject {
  const value = fromJson(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error('Expected a JSON object.');
  return value as JsonObject;
}
