import { CHARACTERS, type Emission, emit, nameFeature, WORDS } from './emission.ts';
import { hashEnd, hashMore, hashStart, hashUnit } from './hashing.ts';
import { normalise, wordsOf } from './tokens.ts';

const SPACE = 32;
const SHORTEST = 2;
const LONGEST = 4;

/** Emits word 1- and 2-grams, and character 2- to 4-grams inside each word, of a text under its field's name. */
export function emitText(into: Emission, field: string, shownAs: string, text: string): void {
  const wordStart = hashStart(`w${field}\u0001`);
  const characterStart = hashStart(`c${field}\u0001`);
  let before: string | undefined;
  for (const word of wordsOf(normalise(text))) {
    const label = nameFeature(into, `${shownAs}: ${word}`);
    const hash = hashEnd(hashMore(wordStart, word));
    into.words.push(hash);
    emit(into, hash, WORDS, label);
    if (before !== undefined) emitPair(into, wordStart, shownAs, before, word);
    emitCharacters(into, characterStart, word, label);
    before = word;
  }
}

function emitPair(into: Emission, start: number, shownAs: string, before: string, word: string): void {
  const hash = hashEnd(hashMore(hashUnit(hashMore(start, before), SPACE), word));
  emit(into, hash, WORDS, nameFeature(into, `${shownAs}: ${before} ${word}`));
}

function emitCharacters(into: Emission, start: number, word: string, label: number): void {
  const length = word.length + 2;
  for (let from = 0; from < length - 1; from++) {
    let state = start;
    const end = Math.min(from + LONGEST, length);
    for (let at = from; at < end; at++) {
      state = hashUnit(state, at === 0 || at === length - 1 ? SPACE : word.charCodeAt(at - 1));
      if (at - from + 1 >= SHORTEST) emit(into, hashEnd(state), CHARACTERS, label);
    }
  }
}
