import type { Json, JsonObject } from '../kernel/service.ts';
import { BootError } from './boot-error.ts';

/** What intrinsic functions refer to. */
export interface Scope {
  readonly ref: (name: string) => Json | undefined;
  readonly attribute: (logicalId: string, attribute: string) => Json;
  readonly condition: (name: string) => boolean;
  readonly mapping: (map: string, top: string, second: string) => Json;
  /** What another stack exports under that name. */
  readonly importValue: (name: string) => Json;
  /** Last touch on every text that was put together, e.g. to turn a public address into the local one. */
  readonly localize: (text: string) => string;
  /** Where we are, for error messages. */
  readonly where: string;
}

/** A value with its intrinsic functions carried out; undefined stands for `AWS::NoValue`. Throws BootError for unknown ones. */
export function resolve(value: Json, scope: Scope): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const [entry, another] = Object.entries(value);
  if (entry !== undefined && another === undefined && isIntrinsic(entry[0])) {
    return resolveIntrinsic(entry[0], entry[1], scope);
  }
  return resolveMembers(value, scope);
}

/** A condition's truth. */
export function isTrue(condition: Json, scope: Scope): boolean {
  if (!isObject(condition)) throw new BootError(`${scope.where} is not a condition.`);
  const [name, argument] = Object.entries(condition)[0] ?? ['', null];
  const parts = Array.isArray(argument) ? argument : [];
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument));
    case 'Fn::Equals':
      return JSON.stringify(resolve(parts[0], scope)) === JSON.stringify(resolve(parts[1], scope));
    case 'Fn::Not':
      return !isTrue(parts[0], scope);
    case 'Fn::And':
      return parts.every((part) => isTrue(part, scope));
    case 'Fn::Or':
      return parts.some((part) => isTrue(part, scope));
    default:
      throw new BootError(`The local runtime does not know the condition function ${name} (in ${scope.where}).`);
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resolveMembers(value: JsonObject, scope: Scope): JsonObject {
  const resolved: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    const result = resolve(member, scope);
    if (result !== undefined) resolved[key] = result;
  }
  return resolved;
}

function isIntrinsic(name: string): boolean {
  return name === 'Ref' || name.startsWith('Fn::');
}

function resolveIntrinsic(name: string, argument: Json, scope: Scope): Json | undefined {
  switch (name) {
    case 'Ref':
      return scope.ref(String(argument));
    case 'Fn::GetAtt':
      return getAtt(argument, scope);
    case 'Fn::ImportValue':
      return scope.importValue(text(resolve(argument, scope), scope));
    case 'Fn::Join':
      return join(argument, scope);
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Select':
      return select(argument, scope);
    case 'Fn::Split':
      return split(argument, scope);
    case 'Fn::If':
      return choose(argument, scope);
    case 'Fn::FindInMap':
      return findInMap(argument, scope);
    case 'Fn::Base64':
      return Buffer.from(text(resolve(argument, scope), scope)).toString('base64');
    default:
      throw new BootError(`The local runtime does not know the intrinsic function ${name} (in ${scope.where}).`);
  }
}

function getAtt(argument: Json, scope: Scope): Json {
  const [logicalId, ...path] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  return scope.attribute(logicalId ?? '', path.join('.'));
}

function join(argument: Json, scope: Scope): Json {
  const [delimiter, list] = pair(argument, scope);
  const items = resolve(list, scope);
  if (!Array.isArray(items)) throw new BootError(`Fn::Join in ${scope.where} has no list.`);
  return scope.localize(items.map((item) => text(item, scope)).join(String(delimiter)));
}

function substitute(argument: Json, scope: Scope): Json {
  const [template, variables] = Array.isArray(argument) ? pair(argument, scope) : [argument, {}];
  const known = resolve(variables, scope);
  const result = String(template).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    const own = isObject(known) ? known[name] : undefined;
    if (own !== undefined) return text(own, scope);
    return text(name.includes('.') ? getAtt(name, scope) : scope.ref(name), scope);
  });
  return scope.localize(result);
}

function select(argument: Json, scope: Scope): Json {
  const [index, list] = pair(argument, scope);
  const items = resolve(list, scope);
  const item = Array.isArray(items) ? items[Number(resolve(index, scope))] : undefined;
  if (item === undefined) throw new BootError(`Fn::Select in ${scope.where} selects nothing.`);
  return item;
}

function split(argument: Json, scope: Scope): Json {
  const [delimiter, source] = pair(argument, scope);
  return text(resolve(source, scope), scope).split(String(delimiter));
}

function choose(argument: Json, scope: Scope): Json | undefined {
  const [condition, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
  return resolve((scope.condition(String(condition)) ? whenTrue : whenFalse) ?? null, scope);
}

function findInMap(argument: Json, scope: Scope): Json {
  const keys = resolve(argument, scope);
  const [map, top, second] = Array.isArray(keys) ? keys.map((key) => text(key, scope)) : [];
  return scope.mapping(map ?? '', top ?? '', second ?? '');
}

function pair(argument: Json, scope: Scope): readonly [Json, Json] {
  if (!Array.isArray(argument) || argument.length !== 2) {
    throw new BootError(`An intrinsic function in ${scope.where} does not have its two arguments.`);
  }
  return [argument[0], argument[1]];
}

function text(value: Json | undefined, scope: Scope): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new BootError(`A text in ${scope.where} is put together from something that is not text.`);
}
