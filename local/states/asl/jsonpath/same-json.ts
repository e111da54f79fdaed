import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';

/** Whether two values are the same JSON, without regard to the order of keys. */
export function isSameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isSameJson(item, b[i] ?? null));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => key in b && isSameJson(a[key] ?? null, b[key] ?? null))
  );
}
