import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import { pathConflict, runtimeFailure } from '../failure.ts';
import { parsePath } from './lookup.ts';
import type { Segment } from './path-syntax.ts';

/** `input` with `value` put in at a ResultPath: `$` replaces all of it, missing objects on the way are made. */
export function putAt(path: string, input: Json, value: Json): Json {
  return put(parsePath(path).path, input, { path, input, value });
}

interface Placing {
  readonly path: string;
  /** All of what the path is applied to: a failure shows it. */
  readonly input: Json;
  readonly value: Json;
}

function put(segments: readonly Segment[], target: Json | undefined, placing: Placing): Json {
  const [segment, ...rest] = segments;
  if (segment === undefined) return placing.value;
  if (segment.kind === 'name') return putField(segment.name, rest, target, placing);
  if (segment.kind === 'index') return putItem(segment.index, rest, target, placing);
  throw runtimeFailure(`The ResultPath '${placing.path}' is not a reference path.`);
}

function putField(name: string, rest: readonly Segment[], target: Json | undefined, placing: Placing): Json {
  if (target !== undefined && !isObject(target)) throw pathConflict(name, placing.input);
  return { ...target, [name]: put(rest, target?.[name], placing) };
}

function putItem(index: number, rest: readonly Segment[], target: Json | undefined, placing: Placing): Json {
  if (!Array.isArray(target) || index < 0 || index >= target.length) throw pathConflict(`[${index}]`, placing.input);
  return (target as readonly Json[]).with(index, put(rest, target[index], placing));
}
