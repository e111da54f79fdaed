import type * as z from 'zod';
import type { Json } from '../contracts/index.ts';
import { markedFields, valuesAt } from './masking.ts';

/** Fields of an input whose schema says `.meta({ identifies: true })`: by what a person is found again, such as an address. */
export function identifyingFields(schema: z.ZodType): readonly (readonly string[])[] {
  return markedFields(schema, 'identifies').map(({ path }) => path);
}

/**
 * By what the person of a case is found, as `subjectName` writes it. An input that does not fit the schema may have its
 * addresses anywhere, so each of them counts.
 */
export function subjectsOf(schema: z.ZodType, input: Json, isFitting: boolean): readonly string[] {
  const named = identifyingFields(schema).flatMap((path) => valuesAt(input, path));
  const found = isFitting ? named : [...named, ...valuesAt(input, []).flatMap((text) => text.match(ADDRESS) ?? [])];
  const names = found.map(subjectName).filter((name) => name !== '');
  return [...new Set(names)].slice(0, MOST_SUBJECTS);
}

/** An identifier as it is compared: in any case, without space around it. */
export function subjectName(identifier: string): string {
  return identifier.normalize('NFKC').trim().toLowerCase();
}

/** More people than one input is about; each takes a part of the write that opens the case. */
const MOST_SUBJECTS = 20;

const ADDRESS = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:.]+/g;
