import type * as z from 'zod';
import type { Json, JsonObject } from '../contracts/index.ts';
import { markedFields } from './marked-fields.ts';

/** A field of an input that tells who somebody is. */
export interface PersonalField {
  /** Names of members, outermost first; the members of a list stand under the name of the list. */
  readonly path: readonly string[];
  /** `mask`: a token stands for it. `leave-out`: a model does not learn that it is there. */
  readonly how: 'mask' | 'leave-out';
}

/** Hides what is personal and brings it back. */
export interface Mask {
  readonly hide: <T extends Json>(value: T) => T;
  readonly bringBack: <T extends Json>(value: T) => T;
}

/** Fields whose schema says `.meta({ personal: true })` or `.meta({ personal: 'leave-out' })`, at any depth. */
export function personalFields(schema: z.ZodType): readonly PersonalField[] {
  return markedFields(schema, 'personal').map(({ path, mark }) => ({
    path,
    how: mark === 'leave-out' ? 'leave-out' : 'mask',
  }));
}

/**
 * Hides the values of personal fields in one case: at their place, and wherever else the same words stand, such as a name
 * below a message or an address in what a source gave. Each value has a token of its own, `<email-1>`, the same throughout.
 * Card numbers are hidden wherever they stand. `needs`: fields, by their dotted path, that stay as they are.
 */
export function maskOf(input: JsonObject, fields: readonly PersonalField[], needs: readonly string[] = []): Mask {
  const isNeeded = ({ path }: PersonalField): boolean => needs.includes(path.join('.'));
  const hidden = fields.filter((field) => !isNeeded(field));
  const tokens = new Tokens(fields.filter(isNeeded).flatMap(({ path }) => valuesAt(input, path)));
  for (const { path } of hidden) for (const value of valuesAt(input, path)) tokens.add(path.at(-1) ?? '', value);
  const isInput = (value: Json): boolean => value === input;
  return {
    hide: (value) => tokens.hide(isInput(value) ? replacedAt(value, hidden, tokens) : value) as typeof value,
    bringBack: (value) => tokens.bringBack(value) as typeof value,
  };
}

/** All texts and numbers at a path. */
export function valuesAt(value: Json | undefined, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path));
  const [name, ...rest] = path;
  if (typeof value === 'object' && value !== null) {
    if (name !== undefined) return Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [];
    return Object.values(value).flatMap((one) => valuesAt(one, []));
  }
  return name === undefined && (typeof value === 'string' || typeof value === 'number') ? [String(value)] : [];
}

function replacedAt(value: Json, fields: readonly PersonalField[], tokens: Tokens): Json {
  return fields.reduce<Json>((result, { path, how }) => changed(result, path, how, tokens), value);
}

function changed(value: Json, path: readonly string[], how: PersonalField['how'], tokens: Tokens): Json {
  if (Array.isArray(value)) return value.map((one) => changed(one, path, how, tokens));
  const [name, ...rest] = path;
  if (name === undefined) return whole(value, tokens);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  if (rest.length === 0 && how === 'leave-out') {
    const { [name]: _left, ...others } = value;
    return others;
  }
  return { ...value, [name]: changed(value[name] ?? null, rest, how, tokens) };
}

/** Everything at the place of a personal field, however short. */
function whole(value: Json, tokens: Tokens): Json {
  if (Array.isArray(value)) return value.map((one) => whole(one, tokens));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, whole(one, tokens)]));
  }
  return typeof value === 'string' || typeof value === 'number' ? tokens.of(String(value)) : value;
}

/** Shorter than that, a value says nothing by itself and stands in too many other words. */
const SHORTEST_ELSEWHERE = 3;

/** A word of a name; a part of a number or of a date is in too many others. */
function isTelling(word: string): boolean {
  return word.length >= SHORTEST_ELSEWHERE && /\p{L}/u.test(word);
}

/** A name of so many words at most; what is longer is a text, whose words are not taken one by one. */
const MOST_WORDS = 5;

const CARD = /(?<![\d\p{L}])\d(?:[ -]?\d){12,18}(?![\d\p{L}])/gu;

const TOKEN = '<[\\w-]+-\\d+>';

class Tokens {
  readonly #tokens = new Map<string, string>();
  readonly #values = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #plain: readonly string[];
  #elsewhere: RegExp | null = null;

  /** @param plain values that stay as they are, whatever stands in them */
  constructor(plain: readonly string[]) {
    this.#plain = plain.map((value) => value.toLowerCase());
  }

  /** A name is also known by its words: who signs with one of them is the same person. */
  add(name: string, value: string): void {
    this.#make(name, value);
    const words = value.split(/[^\p{L}\p{N}'’.@+_-]+/u).filter(isTelling);
    if (words.length > 1 && words.length <= MOST_WORDS) for (const word of words) this.#make(name, word);
  }

  of(value: string): string {
    return this.#tokens.get(value.toLowerCase()) ?? value;
  }

  hide(value: Json): Json {
    return mapped(value, (text) => this.#hidden(text));
  }

  bringBack(value: Json): Json {
    return mapped(value, (text) => text.replace(new RegExp(TOKEN, 'g'), (token) => this.#values.get(token) ?? token));
  }

  #make(name: string, value: string): void {
    const key = value.toLowerCase();
    if (value.trim() === '' || this.#tokens.has(key)) return;
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const token = `<${name}-${count}>`;
    this.#tokens.set(key, token);
    this.#values.set(token, value);
    this.#elsewhere = null;
  }

  #hidden(text: string): string {
    const withoutCards = text.replace(CARD, (digits) => {
      if (!isCardNumber(digits)) return digits;
      this.#make('card', digits);
      return this.of(digits);
    });
    return withoutCards.replace(this.#pattern(), (found) => this.of(found));
  }

  /** The longest first, so that an address is not taken for the name in it; whole words only, in any case. */
  #pattern(): RegExp {
    if (this.#elsewhere !== null) return this.#elsewhere;
    const values = [...this.#tokens.keys(), ...this.#plain]
      .filter((value) => value.length >= SHORTEST_ELSEWHERE)
      .sort((a, b) => b.length - a.length);
    const any = values.map((value) => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
    // A token is never looked into, whatever word it is made of.
    const wanted = values.length === 0 ? TOKEN : `${TOKEN}|(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`;
    this.#elsewhere = new RegExp(wanted, 'giu');
    return this.#elsewhere;
  }
}

function mapped(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapped(one, change)]));
}

/** The check digit by Luhn. */
function isCardNumber(text: string): boolean {
  const digits = [...text.replaceAll(/\D/g, '')].map(Number).reverse();
  const sum = digits.reduce((total, digit, at) => {
    const counted = at % 2 === 1 ? digit * 2 : digit;
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
