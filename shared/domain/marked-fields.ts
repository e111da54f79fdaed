import type * as z from 'zod';

export interface MarkedField {
  /** Names of members, outermost first; the members of a list stand under the name of the list. */
  readonly path: readonly string[];
  readonly mark: unknown;
}

/**
 * Fields whose schema says something other than false under a name of `.meta()`, at any depth, and what it says. Read from
 * the schema of what is taken, before anything is made of it. Members of a record have no names, and are none of them.
 */
export function markedFields(schema: z.ZodType, name: string): readonly MarkedField[] {
  return fieldsIn(schema, name, { path: [], within: [] });
}

interface Place {
  readonly path: readonly string[];
  /** Schemas around it: one may come to stand in itself. */
  readonly within: readonly z.core.$ZodType[];
}

function fieldsIn(schema: z.core.$ZodType, name: string, { path, within }: Place): MarkedField[] {
  if (within.includes(schema)) return [];
  const layers = layersOf(schema);
  const mark = layers.map((layer) => metaOf(layer)).find((meta) => Object.hasOwn(meta, name))?.[name];
  if (mark !== undefined && mark !== false && path.length > 0) return [{ path, mark }];
  const around = [...within, ...layers];
  return partsOf(layers.at(-1) ?? schema).flatMap(({ member, part }) =>
    fieldsIn(part, name, { path: member === null ? path : [...path, member], within: around }),
  );
}

/** What is said of a schema, by itself or by the one that it was made from. */
function metaOf(schema: z.core.$ZodType): Readonly<Record<string, unknown>> {
  return (schema as z.ZodType).meta() ?? {};
}

/** A schema with what it wraps (optional, with a default, made into something else), outermost first. */
function layersOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const layers = [schema];
  for (let inner = innerOf(schema); inner !== null && !layers.includes(inner); inner = innerOf(inner))
    layers.push(inner);
  return layers;
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType | null {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
      return def.innerType;
    case 'pipe':
      // What `z.preprocess` does has no schema of its own.
      return def.in._zod.def.type === 'transform' ? def.out : def.in;
    case 'lazy':
      return def.getter();
    default:
      return null;
  }
}

interface Part {
  /** Null where it is no member of its own: one of a list, or one of several choices. */
  readonly member: string | null;
  readonly part: z.core.$ZodType;
}

function partsOf(schema: z.core.$ZodType): readonly Part[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const nameless = (...parts: readonly z.core.$ZodType[]): Part[] => parts.map((part) => ({ member: null, part }));
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).map(([member, part]) => ({ member, part }));
    case 'array':
      return nameless(def.element);
    case 'union':
      return nameless(...def.options);
    case 'nullable':
      return nameless(def.innerType);
    case 'intersection':
      return nameless(def.left, def.right);
    default:
      return [];
  }
}
