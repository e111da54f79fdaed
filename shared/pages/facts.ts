import type { Json, Money } from '../contracts/index.ts';
import { amountWords, asMinor, asMoney, withoutUnit } from './amounts.ts';
import { type Labels, labelOf } from './field-labels.ts';
import { isObject, own } from './json-schema.ts';

/** One labelled value for people to read. */
export type Fact = { readonly key: string; readonly label: string; readonly value: FactValue };

export type FactValue =
  | { readonly kind: 'nothing'; readonly words: string }
  | { readonly kind: 'text'; readonly text: string; readonly isLong: boolean }
  | { readonly kind: 'number' | 'amount'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly FactValue[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] };

/**
 * Every member of a value, whole: labelled ones first in the labels' order. A value that is no object is one fact.
 * `currency` is that of amounts beside which none stands.
 */
export function factsOf(value: Json, labels: Labels, currency?: Json, path: readonly string[] = []): Fact[] {
  if (!isObject(value)) return [{ key: '', label: 'Value', value: factValue(value, labels, path) }];
  return inOrder(Object.keys(value), labels, path).map((key) => {
    const label = labelOf([...path, key], labels);
    const member = value[key] ?? null;
    const amount = asMinor(key, member, own(value, 'currency') ?? currency);
    if (amount !== null) return { key, label: withoutUnit(label), value: amountValue(amount) };
    return { key, label, value: factValue(member, labels, [...path, key]) };
  });
}

export function factValue(value: Json, labels: Labels, path: readonly string[]): FactValue {
  if (value === null) return { kind: 'nothing', words: 'not known' };
  if (typeof value === 'string') return textValue(value);
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'Yes' : 'No', isLong: false };
  if (path.length > 12) return { kind: 'text', text: JSON.stringify(value, null, 2), isLong: true };
  if (!Array.isArray(value)) return objectValue(value, labels, path);
  if (value.length === 0) return { kind: 'nothing', words: 'none' };
  return { kind: 'list', items: value.map((item) => factValue(item, labels, [...path, ''])) };
}

function textValue(text: string): FactValue {
  if (text === '') return { kind: 'nothing', words: 'empty' };
  return { kind: 'text', text, isLong: text.length > 72 || /[\r\n]/.test(text) };
}

function amountValue(amount: Money): FactValue {
  return { kind: 'amount', text: amountWords(amount) };
}

function objectValue(value: Json, labels: Labels, path: readonly string[]): FactValue {
  const amount = asMoney(value);
  if (amount !== null) return amountValue(amount);
  const facts = factsOf(value, labels, undefined, path);
  return facts.length === 0 ? { kind: 'nothing', words: 'empty' } : { kind: 'facts', facts };
}

/** Stores do not keep the order of members; labels do, and the alphabet settles the rest. */
function inOrder(keys: readonly string[], labels: Labels, path: readonly string[]): string[] {
  const ranked = Object.keys(labels);
  const rank = (key: string): number => {
    const whole = ranked.indexOf([...path, key].join('.'));
    const last = whole === -1 ? ranked.indexOf(key) : whole;
    return last === -1 ? ranked.length : last;
  };
  const ranks = new Map(keys.map((key) => [key, rank(key)]));
  const place = (key: string): number => ranks.get(key) ?? ranked.length;
  return [...keys].sort((a, b) => place(a) - place(b));
}
