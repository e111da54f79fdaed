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
  const found = isFitting ? named : [...named, ...valuesAt(input, []).flatMap(addressesIn)];
  const names = found.map(subjectName).filter((name) => name !== '');
  return [...new Set(names)].slice(0, MOST_SUBJECTS);
}

/** An identifier as it is compared: in any case, without space around it. */
export function subjectName(identifier: string): string {
  return identifier.normalize('NFKC').trim().toLowerCase();
}

/** More people than one input is about; each takes a part of the write that opens the case. */
const MOST_SUBJECTS = 20;

/** Word by word, in time that grows with the text: a pattern that looks for the sign would try from every letter before it. */
function addressesIn(text: string): string[] {
  const words = text.split(/[\s<>"'(),;:]+/).filter((word) => word.includes('@'));
  return words.map(withoutFullStop).filter((word) => {
    const [name, host = '', ...more] = word.split('@');
    const dot = host.lastIndexOf('.');
    return more.length === 0 && name !== '' && dot > 0;
  });
}

function withoutFullStop(word: string): string {
  let end = word.length;
  while (word[end - 1] === '.') end -= 1;
  return word.slice(0, end);
}
