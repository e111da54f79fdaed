import { PASSING_BESIDE_LATIN, PASSING_LETTERS } from '../contracts/index.ts';

const anyOfThem = new RegExp(`[${[...PASSING_BESIDE_LATIN.keys()].join('')}]`, 'u');

const LATIN = /\p{Script=Latin}/gu;
const OTHERS =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Coptic}]/gu;
/** One letter is a sign of its own more often than a word in disguise. */
const SHORTEST = 2;

/**
 * Letters of other scripts that pass for Latin ones as those: in words with Latin letters; and words of such letters alone
 * in a text that is mostly Latin. Words of a text in another script stay as they are.
 */
export function latinOf(text: string): string {
  if (!anyOfThem.test(text)) return text;
  const isLatin = isMostlyLatin(text);
  return text.replace(/[\p{L}\p{M}]+/gu, (word) => {
    if (!anyOfThem.test(word)) return word;
    if (word.search(LATIN) >= 0) return translated(word, PASSING_BESIDE_LATIN);
    return isLatin && isInDisguise(word) ? translated(word, PASSING_LETTERS) : word;
  });
}

function isMostlyLatin(text: string): boolean {
  const others = (text.match(OTHERS) ?? []).filter((letter) => !PASSING_LETTERS.has(letter));
  return (text.match(LATIN) ?? []).length > others.length;
}

function isInDisguise(word: string): boolean {
  const letters = word.match(/\p{L}/gu) ?? [];
  return letters.length >= SHORTEST && letters.every((letter) => PASSING_LETTERS.has(letter));
}

function translated(word: string, table: ReadonlyMap<string, string>): string {
  return Array.from(word, (letter) => table.get(letter) ?? letter).join('');
}
