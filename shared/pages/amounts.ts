import type { Json, Money } from '../contracts/index.ts';
import { isObject } from './json-schema.ts';

/** As people write it, with a point and without signs between thousands: `1250.00 EUR`, `500 JPY`. */
export function amountWords({ minor, currency }: Money): string {
  const digits = digitsOf(currency);
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
}

/** The amount that somebody wrote with its currency; undefined for anything else, also for parts of the smallest unit. */
export function readAmount(text: string): Money | undefined {
  const [, sign = '', whole = '', fraction = '', currency = ''] =
    /^([+-]?)(\d+)(?:\.(\d+))?\s*([A-Za-z]{3})$/.exec(text.trim()) ?? [];
  if (currency === '') return undefined;
  const code = currency.toUpperCase();
  const digits = digitsOf(code);
  const minor = Number(`${whole}${fraction.padEnd(digits, '0')}`);
  if (fraction.length > digits || !Number.isSafeInteger(minor)) return undefined;
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency: code };
}

/** An amount and nothing else; null for any other value. */
export function asMoney(value: Json | undefined): Money | null {
  if (!isObject(value) || Object.keys(value).length !== 2) return null;
  const { minor = null, currency = null } = value;
  return isMinor(minor) && isCurrency(currency) ? { minor, currency } : null;
}

/** What `amountMinor` and the like hold, in a currency that stands elsewhere; null for any other field. */
export function asMinor(key: string, value: Json, currency: Json | undefined): Money | null {
  if (!/^(minor|\w+Minor)$/.test(key) || !isMinor(value) || !isCurrency(currency)) return null;
  return { minor: value, currency };
}

/** The unit that a label names is not the one that people read. */
export function withoutUnit(label: string): string {
  return label.replace(/ in cents$/, '');
}

function isMinor(value: Json): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

function isCurrency(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value);
}

function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
