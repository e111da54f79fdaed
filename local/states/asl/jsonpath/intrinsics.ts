import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import { STATES_ERROR, StateFailure } from '../failure.ts';
import { seededRandom } from '../jsonata/functions.ts';
import type { Scope } from '../scope.ts';
import { formatText } from './format-text.ts';
import type { IntrinsicArgument, IntrinsicCall } from './intrinsic-syntax.ts';
import { parseIntrinsic } from './intrinsic-syntax.ts';
import { lookUpPath } from './lookup.ts';
import { isSameJson } from './same-json.ts';

/** Evaluates `States....(...)`. Fails with States.IntrinsicFailure; paths in it throw as paths do. */
export function evaluateIntrinsic(text: string, input: Json, scope: Scope): Json {
  return evaluateCall(parseIntrinsic(text), input, scope);
}

export function isKnownIntrinsic(name: string): boolean {
  return Object.hasOwn(INTRINSICS, name);
}

function evaluateCall(call: IntrinsicCall, input: Json, scope: Scope): Json {
  const intrinsic = INTRINSICS[call.name];
  if (intrinsic === undefined) throw intrinsicFailure(call.name, 'there is no such function');
  return intrinsic(
    call.arguments.map((argument) => argumentValue(argument, input, scope)),
    scope,
  );
}

function argumentValue(argument: IntrinsicArgument, input: Json, scope: Scope): Json {
  if (argument.kind === 'literal') return argument.value;
  return argument.kind === 'path' ? lookUpPath(argument.path, input, scope) : evaluateCall(argument.call, input, scope);
}

type Intrinsic = (args: readonly Json[], scope: Scope) => Json;

const LONGEST_RANGE = 1000;
const LONGEST_TEXT = 10_000;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Array: (args) => args,
  ArrayContains: (args) => listAt('ArrayContains', args, 0).some((item) => isSameJson(item, args[1] ?? null)),
  ArrayGetItem(args) {
    const list = listAt('ArrayGetItem', args, 0);
    const item = list[integerAt('ArrayGetItem', args, 1)];
    if (item === undefined) throw intrinsicFailure('ArrayGetItem', 'the index is outside the array');
    return item;
  },
  ArrayLength: (args) => listAt('ArrayLength', args, 0).length,
  ArrayPartition(args) {
    const list = listAt('ArrayPartition', args, 0);
    const size = integerAt('ArrayPartition', args, 1);
    if (size < 1) throw intrinsicFailure('ArrayPartition', 'the size of a part must be positive');
    return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
  },
  ArrayRange(args) {
    const [first, last, step] = [0, 1, 2].map((i) => integerAt('ArrayRange', args, i)) as [number, number, number];
    if (step === 0) throw intrinsicFailure('ArrayRange', 'the step must not be 0');
    const length = Math.max(0, Math.floor((last - first) / step) + 1);
    if (length > LONGEST_RANGE) throw intrinsicFailure('ArrayRange', `it may give at most ${LONGEST_RANGE} values`);
    return Array.from({ length }, (_, i) => first + i * step);
  },
  ArrayUnique(args) {
    const unique: Json[] = [];
    for (const item of listAt('ArrayUnique', args, 0))
      if (!unique.some((kept) => isSameJson(kept, item))) unique.push(item);
    return unique;
  },
  Base64Decode: (args) => Buffer.from(shortTextAt('Base64Decode', args, 0), 'base64').toString('utf8'),
  Base64Encode: (args) => Buffer.from(shortTextAt('Base64Encode', args, 0)).toString('base64'),
  Format: (args) => format(args),
  Hash(args) {
    const algorithm = HASH_ALGORITHMS.get(textAt('Hash', args, 1));
    if (algorithm === undefined) throw intrinsicFailure('Hash', 'the algorithm is unknown');
    const data = args[0] ?? null;
    return createHash(algorithm)
      .update(typeof data === 'string' ? data : JSON.stringify(data))
      .digest('hex');
  },
  JsonMerge(args) {
    const [left = null, right = null, isDeep] = args;
    if (!isObject(left) || !isObject(right)) throw intrinsicFailure('JsonMerge', 'both values must be objects');
    if (isDeep !== false)
      throw intrinsicFailure('JsonMerge', 'deep merging is not supported, the third argument must be false');
    return { ...left, ...right };
  },
  JsonToString: (args) => JSON.stringify(args[0] ?? null),
  MathAdd: (args) => roundedAt('MathAdd', args, 0) + roundedAt('MathAdd', args, 1),
  MathRandom(args, scope) {
    const first = roundedAt('MathRandom', args, 0);
    const last = roundedAt('MathRandom', args, 1);
    if (last <= first) throw intrinsicFailure('MathRandom', 'the end must be greater than the start');
    const seed = args[2];
    const chance = typeof seed === 'number' ? seededRandom(seed) : scope.random();
    return first + Math.floor(chance * (last - first));
  },
  StringSplit(args) {
    const separators = textAt('StringSplit', args, 1);
    const parts: string[] = [''];
    for (const character of textAt('StringSplit', args, 0)) {
      if (separators.includes(character)) parts.push('');
      else parts.push(`${parts.pop() ?? ''}${character}`);
    }
    return parts.filter((part) => part !== '');
  },
  StringToJson(args) {
    const text = textAt('StringToJson', args, 0);
    if (text.trim() === '') return null;
    try {
      return JSON.parse(text) as Json;
    } catch {
      throw intrinsicFailure('StringToJson', 'the text is not JSON');
    }
  },
  UUID: () => randomUUID(),
};

const HASH_ALGORITHMS = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** Puts the arguments in the places of `{}`; `\{` and `\}` stand for braces. */
function format(args: readonly Json[]): string {
  const template = textAt('Format', args, 0);
  let next = 1;
  const text = template.replace(/\\([{}])|\{\}/g, (_match, brace: string | undefined) => {
    if (brace !== undefined) return brace;
    if (next >= args.length) throw intrinsicFailure('Format', 'there are more places than arguments');
    next += 1;
    return formatText(args[next - 1] ?? null);
  });
  if (next < args.length) throw intrinsicFailure('Format', 'there are more arguments than places');
  return text;
}

function listAt(name: string, args: readonly Json[], i: number): readonly Json[] {
  const value = args[i];
  if (!Array.isArray(value)) throw intrinsicFailure(name, `argument ${i + 1} must be an array`);
  return value;
}

function textAt(name: string, args: readonly Json[], i: number): string {
  const value = args[i];
  if (typeof value !== 'string') throw intrinsicFailure(name, `argument ${i + 1} must be a string`);
  return value;
}

function shortTextAt(name: string, args: readonly Json[], i: number): string {
  const text = textAt(name, args, i);
  if (text.length > LONGEST_TEXT) throw intrinsicFailure(name, `a string may have at most ${LONGEST_TEXT} characters`);
  return text;
}

function integerAt(name: string, args: readonly Json[], i: number): number {
  return roundedAt(name, args, i);
}

/** Arguments with a fraction are rounded, halves upwards. */
function roundedAt(name: string, args: readonly Json[], i: number): number {
  const value = args[i];
  if (typeof value !== 'number') throw intrinsicFailure(name, `argument ${i + 1} must be a number`);
  return Math.floor(value + 0.5);
}

function intrinsicFailure(name: string, problem: string): StateFailure {
  return new StateFailure(STATES_ERROR.intrinsicFailure, `States.${name}: ${problem}.`, { isFault: true });
}
