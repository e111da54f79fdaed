import type { Json, JsonObject } from '../contracts/index.ts';

/** A JSON Schema as `z.toJSONSchema` writes it. What is not understood is edited as JSON text. */
export type JsonSchema = JsonObject;

/** The schema behind local references, and whether null is allowed beside it. */
export function resolved(
  schema: Json | undefined,
  root: JsonSchema,
  depth = 0,
): { schema: JsonSchema; isNullable: boolean } {
  const own = isObject(schema) ? schema : {};
  if (depth > 8) return { schema: {}, isNullable: false };
  const reference = own['$ref'];
  if (typeof reference === 'string') return resolved(definition(reference, root), root, depth + 1);
  const choices = own['anyOf'] ?? own['oneOf'];
  if (Array.isArray(choices)) return oneOf(own, choices, root, depth);
  const type = own['type'];
  if (!Array.isArray(type)) return { schema: own, isNullable: type === 'null' };
  const types = type.filter((each) => each !== 'null');
  const [only] = types;
  return {
    schema: types.length === 1 && only !== undefined ? { ...own, type: only } : { title: own['title'] ?? '' },
    isNullable: types.length < type.length,
  };
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property of foreign JSON: never one that every object has. */
export function own(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function oneOf(
  whole: JsonSchema,
  choices: readonly Json[],
  root: JsonSchema,
  depth: number,
): { schema: JsonSchema; isNullable: boolean } {
  const others = choices.filter((choice) => !(isObject(choice) && choice['type'] === 'null'));
  const [only] = others;
  const words = pick(whole, ['title', 'description']);
  if (others.length !== 1) return { schema: words, isNullable: others.length < choices.length };
  const inner = resolved(only, root, depth + 1);
  return {
    schema: { ...inner.schema, ...words },
    isNullable: inner.isNullable || others.length < choices.length,
  };
}

function definition(reference: string, root: JsonSchema): Json | undefined {
  if (!reference.startsWith('#/')) return undefined;
  let at: Json | undefined = root;
  for (const step of reference.slice(2).split('/')) at = own(at, step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return at;
}

function pick(schema: JsonSchema, keys: readonly string[]): JsonSchema {
  return Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(schema, key) ? [[key, schema[key] ?? null]] : [])));
}
