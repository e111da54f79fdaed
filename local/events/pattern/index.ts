import type { Json, JsonObject } from '../../kernel/service.ts';
import { type PatternNode, readPattern } from './read.ts';

export { PatternError } from './pattern-error.ts';

/** An event pattern, ready to be matched. */
export class EventPattern {
  readonly #root: PatternNode;

  /** @throws PatternError for what EventBridge would refuse */
  constructor(pattern: Json) {
    this.#root = readPattern(pattern);
  }

  matches(event: JsonObject): boolean {
    return matchesNode(this.#root, event);
  }
}

function matchesNode(node: PatternNode, value: Json | undefined): boolean {
  switch (node.kind) {
    case 'fields':
      return objectsIn(value).some((object) => node.fields.every(([name, child]) => matchesNode(child, object[name])));
    case 'all':
      return node.nodes.every((child) => matchesNode(child, value));
    case 'any':
      return node.nodes.some((child) => matchesNode(child, value));
    case 'leaf': {
      const leaves = leavesIn(value);
      return node.tests.some((test) => test(leaves));
    }
  }
}

/** Where an array holds objects, one of them must match as a whole. A missing object still has missing fields. */
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
