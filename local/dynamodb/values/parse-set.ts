import { validationError } from '../errors.ts';
import { canonicalNumber } from './decimal.ts';

export function parseStringSet(entries: readonly string[]): readonly string[] {
  if (entries.length === 0) throw invalid('An string set  may not be empty');
  return withoutDuplicates(entries, entries);
}

export function parseNumberSet(entries: readonly string[]): readonly string[] {
  if (entries.length === 0) throw invalid('An number set  may not be empty');
  const numbers = entries.map(canonicalNumber);
  if (new Set(numbers).size < numbers.length) throw validationError('Input collection contains duplicates');
  return numbers;
}

/** @param entries canonical base64. */
export function parseBinarySet(entries: readonly string[]): readonly string[] {
  if (entries.length === 0) throw invalid('Binary sets should not be empty');
  return withoutDuplicates(entries, entries);
}

function withoutDuplicates(entries: readonly string[], shown: readonly string[]): readonly string[] {
  if (new Set(entries).size === entries.length) return entries;
  throw invalid(`Input collection [${shown.join(', ')}] contains duplicates.`);
}

function invalid(what: string): Error {
  return validationError(`One or more parameter values were invalid: ${what}`);
}
