import * as z from 'zod';

/**
 * Names of an object's fields for people, as its schema gives them by `.meta({ title })`; those without are left out. What
 * is wrapped (optional, with a default, read-only) has the name of what is in it. As `z.toJSONSchema` has them. Fields of
 * an object in the object are named by their path: `agreement.of`.
 */
export function titlesIn(schema: z.ZodType): Record<string, string> {
  const object = unwrapped(schema);
  if (!(object instanceof z.ZodObject)) return {};
  const titled = Object.entries(object.shape).flatMap(([name, type]) => {
    const title = titleOf(type as z.ZodType);
    const within = Object.entries(titlesIn(orNull(type as z.ZodType)));
    return [...(title === undefined ? [] : [[name, title]]), ...within.map(([path, one]) => [`${name}.${path}`, one])];
  });
  return Object.fromEntries(titled);
}

/** What it is where it is not null. */
function orNull(type: z.ZodType): z.ZodType {
  const schema = unwrapped(type);
  return schema instanceof z.ZodNullable ? orNull(schema.def.innerType as z.ZodType) : schema;
}

function titleOf(type: z.ZodType): string | undefined {
  const title = type.meta()?.title;
  if (title !== undefined && title !== '') return title;
  const within = innerOf(type);
  return within === null ? undefined : titleOf(within);
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const within = innerOf(schema);
  return within === null ? schema : unwrapped(within);
}

/** Null where nothing is wrapped. What may be null is a choice, and its own name is not that of one of its parts. */
function innerOf({ def }: z.ZodType): z.ZodType | null {
  if (WRAPPERS.has(def.type) && 'innerType' in def) return def.innerType as z.ZodType;
  return def.type === 'pipe' && 'out' in def ? (def.out as z.ZodType) : null;
}

const WRAPPERS: ReadonlySet<string> = new Set(['optional', 'nonoptional', 'default', 'prefault', 'catch', 'readonly']);
