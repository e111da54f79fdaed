import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import { parsePath } from './lookup.ts';
import type { Segment } from './path-syntax.ts';

/** `input` with `value` put in at a ResultPath: `$` replaces all of it, missing objects on the way are made. */
export function putAt(path: string, input: Json, value: Json): Json {
  return put(parsePath(path).path, input, value, path);
}

function put(segments: readonly Segment[], target: Json | undefined, value: Json, path: string): Json {
  const [segment, ...rest] = segments;
  if (segment === undefined) return value;
  if (segment.kind === 'name') return putField(segment.name, rest, target, value, path);
  if (segment.kind === 'index') return putItem(segment.index, rest, target, value, path);
  throw runtimeFailure(`The ResultPath '${path}' is not a reference path.`);
}

function putField(name: string, rest: readonly Segment[], target: Json | undefined, value: Json, path: string): Json {
  if (target !== undefined && !isObject(target)) throw mismatch(path);
  return { ...target, [name]: put(rest, target?.[name], value, path) };
}

function putItem(index: number, rest: readonly Segment[], target: Json | undefined, value: Json, path: string): Json {
  if (!Array.isArray(target) || index < 0 || index >= target.length) throw mismatch(path);
  return (target as readonly Json[]).with(index, put(rest, target[index], value, path));
}

function mismatch(path: string): Error {
  return runtimeFailure(`Unable to apply step "${path}" to input: the ResultPath does not fit it.`);
}
