import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '../../../kernel/service.ts';
import { isObject } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import { HASH_ALGORITHMS } from '../hash-algorithms.ts';
import { seededRandom } from '../jsonata/functions.ts';
import type { Scope } from '../scope.ts';
import { MissingPath } from './evaluate-path.ts';
import { formatText } from './format-text.ts';
import type { IntrinsicArgument, IntrinsicCall } from './intrinsic-syntax.ts';
import { parseIntrinsic } from './intrinsic-syntax.ts';
import { lookUpPath } from './lookup.ts';
import { isSameJson } from './same-json.ts';

/** Evaluates `States....(...)`. Fails with States.Runtime, as AWS does, also where a path in it leads nowhere. */
export function evaluateIntrinsic(text: string, input: Json, scope: Scope): Json {
  try {
    return evaluateCall(parseIntrinsic(text), input, scope);
  } catch (error) {
    if (!(error instanceof IntrinsicProblem)) throw error;
    throw runtimeFailure(`The function '${text}' had the following error: ${error.message}`);
  }
}

/** What is wrong with a call, without the call itself. */
class IntrinsicProblem extends Error {
  override readonly name = 'IntrinsicProblem';
}

export function isKnownIntrinsic(name: string): boolean {
  return Object.hasOwn(INTRINSICS, name);
}

function evaluateCall(call: IntrinsicCall, input: Json, scope: Scope): Json {
  const intrinsic = INTRINSICS[call.name];
  if (intrinsic === undefined) throw new IntrinsicProblem(`There is no function States.${call.name}`);
  checkArity(call);
  return intrinsic(
    call.arguments.map((argument) => argumentValue(argument, input, scope)),
    scope,
  );
}

function argumentValue(argument: IntrinsicArgument, input: Json, scope: Scope): Json {
  if (argument.kind === 'literal') return argument.value;
  if (argument.kind === 'call') return evaluateCall(argument.call, input, scope);
  try {
    return lookUpPath(argument.path, input, scope);
  } catch (error) {
    if (!(error instanceof MissingPath)) throw error;
    const path = argument.text.replace(/^\$\$/, '$');
    throw new IntrinsicProblem(
      `The JsonPath argument for the field '${path}' could not be found in the input '${JSON.stringify(input)}'`,
    );
  }
}

/** How many arguments a function takes; those that are not listed take any number. */
const ARITIES: Readonly<Record<string, readonly [number, number]>> = {
  ArrayContains: [2, 2],
  ArrayGetItem: [2, 2],
  ArrayLength: [1, 1],
  ArrayPartition: [2, 2],
  ArrayRange: [3, 3],
  ArrayUnique: [1, 1],
  Base64Decode: [1, 1],
  Base64Encode: [1, 1],
  Hash: [2, 2],
  JsonMerge: [3, 3],
  JsonToString: [1, 1],
  MathAdd: [2, 2],
  MathRandom: [2, 3],
  StringSplit: [2, 2],
  StringToJson: [1, 1],
  UUID: [0, 0],
};

function checkArity({ name, arguments: given }: IntrinsicCall): void {
  const [least, most] = ARITIES[name] ?? [0, Number.POSITIVE_INFINITY];
  if (given.length < least || given.length > most) throw intrinsicFailure(name);
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
    if (item === undefined) throw intrinsicFailure('ArrayGetItem');
    return item;
  },
  ArrayLength: (args) => listAt('ArrayLength', args, 0).length,
  ArrayPartition(args) {
    const list = listAt('ArrayPartition', args, 0);
    const size = integerAt('ArrayPartition', args, 1);
    if (size < 1) throw intrinsicFailure('ArrayPartition');
    return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
  },
  ArrayRange(args) {
    const [first, last, step] = [0, 1, 2].map((i) => integerAt('ArrayRange', args, i)) as [number, number, number];
    if (step === 0) throw intrinsicFailure('ArrayRange');
    const length = Math.max(0, Math.floor((last - first) / step) + 1);
    if (length > LONGEST_RANGE) throw intrinsicFailure('ArrayRange');
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
    if (algorithm === undefined) throw intrinsicFailure('Hash');
    const data = args[0] ?? null;
    return createHash(algorithm)
      .update(typeof data === 'string' ? data : JSON.stringify(data))
      .digest('hex');
  },
  JsonMerge(args) {
    const [left = null, right = null, isDeep] = args;
    if (!isObject(left) || !isObject(right)) throw intrinsicFailure('JsonMerge');
    if (isDeep !== false) throw intrinsicFailure('JsonMerge');
    return { ...left, ...right };
  },
  JsonToString: (args) => JSON.stringify(args[0] ?? null),
  MathAdd: (args) => roundedAt('MathAdd', args, 0) + roundedAt('MathAdd', args, 1),
  MathRandom(args, scope) {
    const first = roundedAt('MathRandom', args, 0);
    const last = roundedAt('MathRandom', args, 1);
    if (last <= first) throw intrinsicFailure('MathRandom');
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
      throw intrinsicFailure('StringToJson');
    }
  },
  UUID: () => randomUUID(),
};

/** Puts the arguments in the places of `{}`; `\{` and `\}` stand for braces. */
function format(args: readonly Json[]): string {
  const template = textAt('Format', args, 0);
  let next = 1;
  const text = template.replace(/\\([{}])|\{\}/g, (_match, brace: string | undefined) => {
    if (brace !== undefined) return brace;
    if (next >= args.length) throw formatMismatch();
    next += 1;
    return formatText(args[next - 1] ?? null);
  });
  if (next < args.length) throw formatMismatch();
  return text;
}

function formatMismatch(): IntrinsicProblem {
  return intrinsicFailure('Format', 'number of arguments do not match the occurrences of {}.');
}

function listAt(name: string, args: readonly Json[], i: number): readonly Json[] {
  const value = args[i];
  if (!Array.isArray(value)) throw intrinsicFailure(name);
  return value;
}

function textAt(name: string, args: readonly Json[], i: number): string {
  const value = args[i];
  if (typeof value !== 'string') throw intrinsicFailure(name);
  return value;
}

function shortTextAt(name: string, args: readonly Json[], i: number): string {
  const text = textAt(name, args, i);
  if (text.length > LONGEST_TEXT) throw intrinsicFailure(name);
  return text;
}

/** Lists cut the fraction of a number off. */
function integerAt(name: string, args: readonly Json[], i: number): number {
  return Math.trunc(numberAt(name, args, i));
}

/** Arithmetic rounds a number with a fraction, halves upwards. */
function roundedAt(name: string, args: readonly Json[], i: number): number {
  return Math.floor(numberAt(name, args, i) + 0.5);
}

function numberAt(name: string, args: readonly Json[], i: number): number {
  const value = args[i];
  if (typeof value !== 'number') throw intrinsicFailure(name);
  return value;
}

function intrinsicFailure(name: string, problem?: string): IntrinsicProblem {
  return new IntrinsicProblem(`Invalid arguments in States.${name}${problem === undefined ? '' : `: ${problem}`}`);
}
