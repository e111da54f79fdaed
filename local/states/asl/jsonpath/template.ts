import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import type { Scope } from '../scope.ts';
import { MissingPath } from './evaluate-path.ts';
import { isIntrinsic } from './intrinsic-syntax.ts';
import { evaluateIntrinsic } from './intrinsics.ts';
import { lookUp, lookUpPath, parsePath } from './lookup.ts';
import { PathSyntaxError } from './reader.ts';

/** A payload template: each key that ends in `.$` is replaced by what its path or intrinsic function gives. */
export function evaluatePayload(template: Json, input: Json, scope: Scope): Json {
  if (Array.isArray(template)) return template.map((item) => evaluatePayload(item, input, scope));
  if (!isObject(template)) return template;
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(template)) {
    if (key.endsWith('.$') && typeof value === 'string')
      result[key.slice(0, -2)] = evaluateField(key, value, input, scope);
    else result[key] = evaluatePayload(value, input, scope);
  }
  return result;
}

/** A path or an intrinsic function; `key` is named when it leads nowhere. An item past the end of a list is null here. */
function evaluateField(key: string, source: string, input: Json, scope: Scope): Json {
  try {
    if (isIntrinsic(source)) return evaluateIntrinsic(source, input, scope);
    const path = parsePath(source);
    if (input === null && path.root.kind === 'input')
      throw runtimeFailure('Unable to apply Path transformation to null or empty input.');
    return lookUpPath(path, input, scope);
  } catch (error) {
    if (error instanceof MissingPath) {
      if (error.isPastEnd) return null;
      throw runtimeFailure(
        `The JSONPath '${source}' specified for the field '${key}' could not be found in the input '${JSON.stringify(input)}'`,
      );
    }
    if (error instanceof PathSyntaxError) throw runtimeFailure(`Invalid path '${source}' : ${error.message}`);
    throw error;
  }
}

/** InputPath, OutputPath, ItemsPath and the like: null gives the empty object. */
export function selectByPath(path: Json | undefined, input: Json, scope: Scope): Json {
  if (path === undefined || path === '$') return input;
  if (typeof path !== 'string') return {};
  try {
    return isIntrinsic(path) ? evaluateIntrinsic(path, input, scope) : lookUp(path, input, scope);
  } catch (error) {
    if (!(error instanceof MissingPath || error instanceof PathSyntaxError)) throw error;
    throw runtimeFailure(`Invalid path '${path}' : ${error.message}`);
  }
}
