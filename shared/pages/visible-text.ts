import { deceivesReaders } from '../contracts/index.ts';

/** A stretch of text: as it is, or a mark that stands for (or, for a look-alike, follows) a character that deceives. */
export type Stretch = { readonly text: string } | { readonly mark: string };

/**
 * Splits foreign text so that nothing in it hides or moves anything: control, bidirectional, invisible and private
 * characters, lone surrogates and piled-up accents become marks such as `U+202E`; letters that pass for Latin ones get a
 * mark behind them. Line feeds and tabs stay; CR LF becomes LF. Ordinary writing of any language comes back unmarked.
 */
export function visibleText(text: string): Stretch[] {
  return counted(stretchesOf(text));
}

function* stretchesOf(text: string): Generator<Stretch> {
  let from = 0;
  for (const found of text.matchAll(suspects)) {
    const marks = marksOf(found[0], text, found.index);
    if (marks === null) continue;
    yield* lookAlikes(text.slice(from, found.index));
    yield* marks;
    from = found.index + found[0].length;
  }
  yield* lookAlikes(text.slice(from));
}

/** The same mark so many times in a row is counted: a page that spelled out 100,000 of them could not be sent. */
const MOST_IN_A_ROW = 8;

function counted(stretches: Iterable<Stretch>): Stretch[] {
  const all: Stretch[] = [];
  let row: Stretch[] = [];
  const endRow = (): void => {
    const [first] = row;
    if (first === undefined || row.length <= MOST_IN_A_ROW || !('mark' in first)) for (const one of row) all.push(one);
    else all.push({ mark: `${first.mark} ×${row.length}` });
    row = [];
  };
  for (const stretch of stretches) {
    if ('text' in stretch && stretch.text === '') continue;
    const [first] = row;
    const goesOn = first !== undefined && 'mark' in first && 'mark' in stretch && first.mark === stretch.mark;
    if (!goesOn) endRow();
    row.push(stretch);
  }
  endRow();
  return all;
}

/** The same as one plain string, marks in square brackets: for mails as text, titles and attributes. */
export function visibleString(text: string): string {
  return visibleText(text)
    .map((stretch) => ('text' in stretch ? stretch.text : `[${stretch.mark}]`))
    .join('');
}

/** The marks alone, each once: what a person should know about text that stands in an input, where no mark can be put. */
export function hiddenMarks(text: string): string[] {
  return [...new Set(visibleText(text).flatMap((stretch) => ('mark' in stretch ? [stretch.mark] : [])))];
}

const suspects =
  /\p{M}{5,}|\r\n|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{fb00}-\u{fb06}\u212a\u017f]/gu;

/** The marks for one find, or null when it is ordinary where it stands. */
function marksOf(found: string, text: string, at: number): Stretch[] | null {
  if (found === '\r\n') return [{ text: '\n' }];
  if (/^\p{M}{5,}$/u.test(found)) return pileOf(found);
  if (isOrdinary(found, text, at)) return null;
  return [...(/^\p{L}$/u.test(found) && !isBlankLetter(found) ? [{ text: found }] : []), { mark: codePoint(found) }];
}

/** Letters that show nothing at all. */
const isBlankLetter = (character: string): boolean => /^\p{Default_Ignorable_Code_Point}$/u.test(character);

function isOrdinary(character: string, text: string, at: number): boolean {
  if (character === '\n' || character === '\t') return true;
  const before = characterBefore(text, at);
  if (character === '\ufe0f' || character === '\ufe0e') return /\p{Emoji}/u.test(before);
  if (character !== '\u200c' && character !== '\u200d') return /[\u0600-\u0605\u06dd\u070f\u08e2]/u.test(character);
  const after = String.fromCodePoint(text.codePointAt(at + 1) ?? 0x20);
  return joins.test(before) && joins.test(after);
}

/** Scripts and signs between which joiners are part of spelling. */
const joins =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f/u;

function characterBefore(text: string, at: number): string {
  const unit = text.slice(Math.max(0, at - 2), at);
  return [...unit].at(-1) ?? '';
}

/** More accents than any writing uses: the first four stay, the others are counted. */
function pileOf(marks: string): Stretch[] {
  const all = Array.from(marks);
  const rest = all.slice(4);
  const counted: { mark: string; times: number }[] = [];
  for (const mark of rest.map(codePoint)) {
    const last = counted.at(-1);
    if (last?.mark === mark) last.times += 1;
    else counted.push({ mark, times: 1 });
  }
  const ordinary = all.slice(0, 4).join('');
  return [{ text: ordinary }, ...counted.map(({ mark, times }) => ({ mark: times > 1 ? `${mark} ×${times}` : mark }))];
}

/** Most text has none of these, so its letters need not be looked at one by one. */
const beyondLatin = /[\u0250-\uffff]/;

/** Marks letters of other scripts that look Latin, and rare Latin ones that look common, in words that hold Latin letters too. */
function lookAlikes(text: string): Stretch[] {
  if (!beyondLatin.test(text)) return [{ text }];
  const stretches: Stretch[] = [];
  for (const part of text.split(/([\p{L}\p{M}]+)/u)) {
    const isMixed = beyondLatin.test(part) && /\p{Script=Latin}/u.test(part) && [...part].some(deceivesReaders);
    for (const one of isMixed ? [...part].flatMap(lookAlike) : [{ text: part }]) stretches.push(one);
  }
  return stretches;
}

function lookAlike(letter: string): Stretch[] {
  return deceivesReaders(letter) ? [{ text: letter }, { mark: codePoint(letter) }] : [{ text: letter }];
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
