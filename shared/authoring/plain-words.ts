import { bareWords, LETTERED } from './disguises.ts';
import { latinOf } from './look-alikes.ts';

/**
 * A text in the form in which rules look for words: NFKC; invisible and control signs taken out, but for those that belong
 * to the spelling of a script; at most eight combining marks on a letter, and on a Latin one those only that make a letter of
 * its own, such as é; letters that pass for Latin ones as those. Plain text comes back as it is.
 */
export function plainWords(text: string): string {
  if (PLAIN.test(text)) return text;
  const seen = text.replace(HIDDEN, (sign, at: number) => (isSpelling(sign, text, at) ? sign : blankOf(sign)));
  const lettered = seen.replace(PILES, '$1').replace(NEGATIVES, letterOf).normalize('NFKC');
  return latinOf(lettered).replace(MARKED_LATIN, '$1');
}

/** The same of every text in a value, whose shape and names stay; the value itself where nothing changes. */
export function plainFacts<T>(value: T): T {
  return withTexts(value, plainWords);
}

/**
 * The ways in which a value may be read, as it came first: with its words plain; with signs of joining letters taken out, too;
 * with what is invisible as gaps, or as the letters that it spells; and out of disguises that a reader sees through, see
 * disguises.ts. Ways in which it is the same are left out.
 */
export function wordingsOf<T>(value: T): readonly T[] {
  const plain = plainFacts(value);
  const unjoined = withTexts(plain, (text) => text.replace(JOINERS, ''));
  const opened = withTexts(value, openHidden);
  const openly = opened === value ? value : plainFacts(opened);
  const bare = withTexts(plain, bareWords);
  const lettered = LETTERED.map((change) => withTexts(bare, change));
  return [...new Set([value, plain, unjoined, openly, bare, ...lettered])];
}

const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const HIDDEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800\ufffc]/gu;
const JOINERS = /[\u200c\u200d]/g;
/** More on one letter serves no writing, and putting them in order takes long. */
const PILES = /(\p{M}{8})\p{M}+/gu;
const MARKED_LATIN = /(\p{Script=Latin})\p{M}+/gu;
/** Letters in black circles and squares, which NFKC leaves. */
const NEGATIVES = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]/gu;

/** Ends of lines and pages, and a sign that shows as a blank: what stands on both sides is no one word. */
function blankOf(sign: string): string {
  return /[\v\f\u0085\u2800]/.test(sign) ? ' ' : '';
}

function letterOf(sign: string): string {
  return String.fromCharCode(0x41 + (((sign.codePointAt(0) ?? 0) - 0x1f150) % 32));
}

/** Between letters of these, joiners say how they are written; between pictures they make one of two. */
const JOINING =
  /^(?:[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)$/u;
/** These have no blanks between words, and an invisible one where a line may break. */
const UNSPACED =
  /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}]$/u;

function isSpelling(sign: string, text: string, at: number): boolean {
  if (/^[\t\n\r\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]$/.test(sign)) return true;
  const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
  if (sign === '\ufe0f' || sign === '\ufe0e') return /^\p{Extended_Pictographic}$/u.test(before);
  if (/^[\u180b-\u180f]$/.test(sign)) return /^\p{Script=Mongolian}$/u.test(before);
  const between = sign === '\u200b' ? UNSPACED : JOINING;
  if (!/^[\u200b-\u200d]$/.test(sign) || !between.test(before)) return false;
  return between.test(String.fromCodePoint(text.codePointAt(at + 1) ?? 0x20));
}

/** Signs that show nothing and stand for ASCII ones, and the pairs of signs that show as flags. */
const TAGS = /[\u{e0020}-\u{e007e}]+/gu;
const FLAGS = /[\u{1f1e6}-\u{1f1ff}]{3,}/gu;
/** The flags of England, Scotland and the like. */
const TAGGED_FLAG = /\u{1f3f4}[\u{e0030}-\u{e007a}]{3,6}\u{e007f}/gu;

function openHidden(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(TAGGED_FLAG, ' ')
    .replace(TAGS, (signs) => ` ${Array.from(signs, (sign) => lessBy(sign, 0xe0000)).join('')} `)
    .replace(FLAGS, (signs) => Array.from(signs, (sign) => lessBy(sign, 0x1f1e6 - 0x41)).join(''))
    .replace(HIDDEN, (sign, at: number, whole: string) => (isSpelling(sign, whole, at) ? sign : ' '));
}

function lessBy(sign: string, offset: number): string {
  return String.fromCharCode((sign.codePointAt(0) ?? 0) - offset);
}

function withTexts<T>(value: T, change: (text: string) => string): T {
  return changed(value, change) as T;
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  const before: readonly (readonly [string, unknown])[] = Object.entries(value);
  const after = before.map(([name, one]) => [name, changed(one, change)] as const);
  if (after.every(([, one], at) => one === before[at]?.[1])) return value;
  return Array.isArray(value) ? after.map(([, one]) => one) : Object.fromEntries(after);
}
