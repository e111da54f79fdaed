import type { Json } from '../kernel/service.ts';
import type { Resource } from '../template/index.ts';
import { isObject } from '../template/intrinsics.ts';

/** By bucket, which keys of files the stack's rules wait for: `payments/*.csv`. */
export function filesThatStart(resources: readonly Resource[]): readonly { bucket: string; keys: string }[] {
  return resources.flatMap(({ type, properties }) => {
    const pattern = type === 'AWS::Events::Rule' ? inside(properties, 'EventPattern', 'detail') : null;
    const buckets = listed(inside(pattern, 'bucket', 'name'));
    const keys = listed(inside(pattern, 'object', 'key')).flatMap(keysOf);
    return buckets.flatMap((bucket) => (typeof bucket === 'string' ? keys.map((one) => ({ bucket, keys: one })) : []));
  });
}

function keysOf(matcher: Json): string[] {
  const { prefix, wildcard } = isObject(matcher) ? matcher : {};
  if (typeof wildcard === 'string') return [wildcard];
  return typeof prefix === 'string' ? [`${prefix}*`] : [];
}

function inside(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined || value === undefined) return value;
  return isObject(value) ? inside(value[name], ...rest) : undefined;
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
