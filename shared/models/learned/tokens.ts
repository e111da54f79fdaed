import { plainWords } from '../../authoring/plain-words.ts';

const MAX_CHARACTERS = 4_000;

/** The form in which texts are compared: plain words, lower case, long numbers as zeros, at most 4,000 characters. */
export function normalise(text: string): string {
  return plainWords(text)
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .replace(/\d{3,}/g, (digits) => '0'.repeat(Math.min(digits.length, 6)));
}

/** Words of a normalised text: runs of letters, digits and apostrophes. */
export function wordsOf(normalised: string): readonly string[] {
  return normalised.match(/[\p{L}\p{N}']+/gu) ?? [];
}

/** The form in which categories are compared: NFKC, trimmed, lower case. */
export function categoryOf(value: string | number | boolean): string {
  return typeof value === 'string' ? value.normalize('NFKC').trim().toLowerCase() : String(value);
}
