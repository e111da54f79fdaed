import type { Json } from '../../contracts/index.ts';
import { standsIn, subjectName } from './subjects.ts';

/** Whether something speaks of one of some people. */
export interface Finder {
  /** In one text, in any case of its letters. */
  readonly inText: (text: string) => boolean;
  /** In the texts, numbers and member names of a value. */
  readonly inValue: (value: Json) => boolean;
}

/**
 * An address counts wherever it stands by itself, and so does what has as many digits as a telephone number. Any other
 * identifier may be a word, a code or an amount, which stands in texts about everybody: it counts where it is all of a value.
 * Takes time that grows with the text, however many names there are.
 * @param names what people are known by, as they are written
 */
export function finderOf(names: readonly string[]): Finder {
  const whole = new Set(names.map(subjectName).filter((name) => name !== ''));
  const byRun = Map.groupBy([...whole].filter(isTelling), (name) => RUN.exec(name)?.[0] ?? '');
  const tells = (plain: string): boolean =>
    byRun.size > 0 &&
    ['', ...new Set(plain.match(RUNS))].some((run) => byRun.get(run)?.some((name) => standsIn(plain, name)));
  const inText = (text: string): boolean => {
    const plain = subjectName(text);
    return whole.has(plain) || tells(plain);
  };
  const inValue = (value: Json): boolean => {
    if (typeof value === 'string' || typeof value === 'number') return inText(String(value));
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.some(inValue);
    return Object.entries(value).some(([name, one]) => tells(subjectName(name)) || inValue(one ?? null));
  };
  return { inText, inValue };
}

const FEWEST_DIGITS = 6;

function isTelling(name: string): boolean {
  return name.includes('@') || (name.match(/\p{N}/gu) ?? []).length >= FEWEST_DIGITS;
}

/** Letters and digits in a row: the first of a name stands whole in a text that holds it, and few other names begin so. */
const RUN = /[\p{L}\p{N}]+/u;
const RUNS = new RegExp(RUN, 'gu');
