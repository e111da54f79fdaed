import { createHash, randomUUID } from 'node:crypto';
import { HASH_ALGORITHMS } from '../hash-algorithms.ts';

/** The functions that Step Functions adds to JSONata or takes from it, and those of JSONata that depend on time. */
export function stepFunctionsBindings(nowMs: number, random: () => number): Record<string, unknown> {
  return {
    partition,
    range,
    hash,
    parse,
    uuid: () => randomUUID(),
    random: (seed?: number) => (seed === undefined ? random() : seededRandom(seed)),
    millis: () => nowMs,
    // Step Functions does not have it: $parse reads JSON, and expressions are not made at run time.
    eval: undefined,
  };
}

/** `$partition([1,2,3], 2)` is `[[1,2],[3]]`. */
function partition(list: unknown, size: unknown): unknown[] | undefined {
  if (list === undefined) return undefined;
  const items = Array.isArray(list) ? list : [list];
  if (typeof size !== 'number' || size < 1)
    throw new Error('the second argument of $partition must be a positive number');
  const width = Math.floor(size);
  const parts: unknown[] = [];
  for (let start = 0; start < items.length; start += width) parts.push(items.slice(start, start + width));
  return parts;
}

const LONGEST_RANGE = 1000;

/** `$range(0, 3, 1)` is `[0,1,2,3]`; the last value is included where a step reaches it. */
function range(first: unknown, last: unknown, step: unknown): number[] {
  if (typeof first !== 'number' || typeof last !== 'number' || typeof step !== 'number') {
    throw new Error('the arguments of $range must be numbers');
  }
  if (step === 0) throw new Error('the step of $range must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step + 1e-9) + 1);
  if (length > LONGEST_RANGE) throw new Error(`$range may give at most ${LONGEST_RANGE} values`);
  return Array.from({ length }, (_, i) => first + i * step);
}

function hash(text: unknown, algorithm: unknown): string | undefined {
  if (text === undefined) return undefined;
  const name = HASH_ALGORITHMS.get(String(algorithm ?? 'SHA-256'));
  if (name === undefined) throw new Error(`$hash has no algorithm '${String(algorithm)}'`);
  return createHash(name)
    .update(typeof text === 'string' ? text : JSON.stringify(text))
    .digest('hex');
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw new Error('the argument of $parse must be a string');
  return JSON.parse(text);
}

/** The same number for the same seed, from 0 up to but not including 1. */
export function seededRandom(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32;
}
