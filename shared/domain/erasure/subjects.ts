import type * as z from 'zod';
import type { Json } from '../../contracts/index.ts';
import { markedFields } from '../marked-fields.ts';
import { valuesAt } from '../masking.ts';

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
  return [...new Set(names)];
}

/** An identifier as it is compared: in any case, without space around it. */
export function subjectName(identifier: string): string {
  return identifier.normalize('NFKC').trim().toLowerCase();
}

/** Letters, digits and what joins them to an address or a number; by itself, before or after it, that is a sign of the text. */
const BEFORE = /[\p{L}\p{N}@][._%+-]{0,8}$/u;
const AFTER = /^(?:[\p{L}\p{N}@]|[._-]{1,8}[\p{L}\p{N}])/u;
const AS_FAR_AS = 10;

/** Whether a text holds a name, both as `subjectName` writes them, and not as a part of a longer one. */
export function standsIn(plain: string, name: string): boolean {
  for (let at = plain.indexOf(name); at >= 0; at = plain.indexOf(name, at + 1)) {
    const end = at + name.length;
    const [before, after] = [plain.slice(Math.max(0, at - AS_FAR_AS), at), plain.slice(end, end + AS_FAR_AS)];
    if (!BEFORE.test(before) && !AFTER.test(after)) return true;
  }
  return false;
}

/**
 * Stands among the people of a case that holds more of them than are listed one by one, such as a file that could not be
 * read: whoever looks for one of them looks into these cases too. No address is like it.
 */
export const MANY_SUBJECTS = '*';

/** More people than one input is about; each takes a part of the write that opens the case. */
const MOST_SUBJECTS = 20;

/** Under which of their names a case is listed: all, or `MANY_SUBJECTS` alone where these are too many. */
export function listedSubjects(names: readonly string[]): readonly string[] {
  return names.length <= MOST_SUBJECTS ? names : [MANY_SUBJECTS];
}

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
