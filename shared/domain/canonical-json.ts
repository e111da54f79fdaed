import type { Json } from '../contracts/index.ts';

/**
 * Canonical JSON as RFC 8785 has it: members in order of their UTF-16 code units, numbers as ECMAScript writes them,
 * no white space. Text is not normalised.
 * @throws CanonicalError for what has no single spelling: NaN, infinity, integers above 2^53 - 1, lone surrogates.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${canonicalString(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

export class CanonicalError extends Error {
  override readonly name = 'CanonicalError';
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new CanonicalError(`${value} is not a JSON number`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new CanonicalError(`${value} is beyond 2^53 - 1: write it as a string`);
  }
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  if (!value.isWellFormed()) throw new CanonicalError('text holds half of a surrogate pair');
  return JSON.stringify(value);
}
