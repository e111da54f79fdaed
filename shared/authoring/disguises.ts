/**
 * A text out of the disguises that any reader sees through: accents taken off Latin letters, and a word that is spelled out
 * letter by letter put together. For looking for words alone: this is no writing of any language, so whoever looks reads the
 * text as it came, too.
 */
export function bareWords(text: string): string {
  return joined(bare(text));
}

/** The same with digits and signs in words as the letters that they may stand for; a 1 stands for either of two. */
export const LETTERED: readonly ((text: string) => string)[] = [
  (text) => lettered(text, AS_I),
  (text) => lettered(text, AS_L),
];

const ASCII = /^[\0-\x7f]*$/;
const MARKS = /(\p{Script=Latin})\p{M}+/gu;
/** Letters with strokes and the like, which are no letters with marks. */
const STROKED = new Map(Array.from('øoØOłlŁLđdĐDħhĦHıiŧtŦTƀbɨiʉuǥgƶzɇeɍrɏyⱥaⱦt').reduce(pairs, []));
const STROKES = new RegExp(`[${[...STROKED.keys()].join('')}]`, 'gu');

function bare(text: string): string {
  if (ASCII.test(text)) return text;
  const whole = text.normalize('NFD').replace(MARKS, '$1').normalize('NFC');
  return whole.replace(STROKES, (letter) => STROKED.get(letter) ?? letter);
}

/** Four letters or more, each by itself, with the same sign between all of them: `d e l e t e d`, `d.e.l.e.t.e.d`. */
const SPELLED = /(?<![\p{L}\p{N}])\p{L}([ ._*·|/-])\p{L}(?:\1\p{L}){2,}(?![\p{L}\p{N}])/gu;

function joined(text: string): string {
  return text.replace(SPELLED, (letters, sign: string) => letters.replaceAll(sign, ''));
}

const AS_L: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g' },
  ...{ '@': 'a', $: 's', '!': 'l', '|': 'l', '€': 'e' },
};
const AS_I: Readonly<Record<string, string>> = { ...AS_L, '1': 'i', '!': 'i', '|': 'i' };

/** Words of Latin letters with such signs before or between them, and no addresses; `!` behind the last ends a sentence. */
const MIXED =
  /(?<![\p{L}\p{N}@$!|€.:/-])(?![^\s@]{0,64}@[a-z\d-]+\.)[a-z\d@$!|€]*[a-z](?:[\d@$|€]+(?![\p{L}\p{N}]))?(?![\p{L}\p{N}@:/])/giu;
const FEWEST_LETTERS = 2;

/** Only in texts of several words: an id, an address or a date is no word in disguise. */
function lettered(text: string, table: Readonly<Record<string, string>>): string {
  if (!/\S\s+\S/.test(text) || !/[\d@$!|€]/.test(text)) return text;
  return text.replace(MIXED, (word) => {
    const letters = word.match(/[a-z]/gi)?.length ?? 0;
    if (letters < FEWEST_LETTERS || letters === word.length) return word;
    return Array.from(word, (sign) => table[sign] ?? sign).join('');
  });
}

function pairs(all: [string, string][], letter: string, at: number, letters: string[]): [string, string][] {
  return at % 2 === 0 ? [...all, [letter, letters[at + 1] ?? letter]] : all;
}
