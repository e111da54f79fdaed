import type { Json, JsonObject } from '../../kernel/service.ts';
import { type FieldsNode, type PatternNode, readPattern } from './read.ts';

export { PatternError } from './pattern-error.ts';

/** An event pattern, ready to be matched. */
export class EventPattern {
  readonly #root: PatternNode;

  /** @throws PatternError for what EventBridge would refuse */
  constructor(pattern: Json) {
    this.#root = readPattern(pattern);
  }

  matches(event: JsonObject): boolean {
    return matchesNode(this.#root, event, [event]);
  }
}

/** `everywhere` is what the whole event has at this place; `value` is the part of it that is looked at. */
function matchesNode(node: PatternNode, value: Json | undefined, everywhere: readonly Json[]): boolean {
  switch (node.kind) {
    case 'fields':
      return matchesFields(node, value, everywhere);
    case 'all':
      return node.nodes.every((child) => matchesNode(child, value, everywhere));
    case 'any':
      return node.nodes.some((child) => matchesNode(child, value, everywhere));
    case 'leaf': {
      const leaves = leavesIn(value);
      return node.tests.some((test) => test(leaves, () => everywhere.flatMap(leavesIn)));
    }
  }
}

/** Where an array holds objects, one of them must match as a whole. */
function matchesFields(node: FieldsNode, value: Json | undefined, everywhere: readonly Json[]): boolean {
  const all = everywhere.flatMap(objectsIn);
  const fields = node.fields.map(([name, child]) => ({
    name,
    child,
    found: all.flatMap((object) => (object[name] === undefined ? [] : [object[name]])),
  }));
  return objectsIn(value).some((object) =>
    fields.every(({ name, child, found }) => matchesNode(child, object[name], found)),
  );
}

/** A missing object still has missing fields. */
function objectsIn(value: Json | undefined): readonly JsonObject[] {
  if (value === undefined || value === null || typeof value !== 'object') return [{}];
  if (!Array.isArray(value)) return [value as JsonObject];
  const objects = value.filter((item: Json) => item !== null && typeof item === 'object').flatMap(objectsIn);
  return objects.length === 0 ? [{}] : objects;
}

/** The values that a field has: none, one, or those of an array; an object is not a value. */
function leavesIn(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => leavesIn(item));
  return value !== null && typeof value === 'object' ? [] : [value];
}
