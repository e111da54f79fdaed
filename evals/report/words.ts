import type { Json } from '../../shared/contracts/index.ts';
import type { Share } from '../../shared/domain/agreement.ts';
import { inPercent } from '../gates.ts';

/** `184 of 203, 85.8 to 93.9 %` */
export function shareWords({ agreed, of, lower, upper }: Share): string {
  return of === 0 ? 'no case' : `${agreed} of ${of}, ${percentNumber(lower)} to ${percentNumber(upper)} %`;
}

/** `90.6 %`; a dash where there is nothing to take a share of. */
export function plainShare({ agreed, of }: Share): string {
  return of === 0 ? '–' : inPercent(agreed / of);
}

function percentNumber(share: number): string {
  return (Math.round(share * 1_000) / 10).toFixed(1);
}

/** `12 ms`, `1.34 s` */
export function timeWords(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(2)} s`;
}

/** `0.0021 USD`, to three digits that count; from a dollar on with cents. */
export function moneyWords(usd: number): string {
  if (Math.abs(usd) >= 1) return `${usd.toFixed(2)} USD`;
  return `${usd === 0 ? '0' : Number(usd.toPrecision(3)).toString()} USD`;
}

/** `29 November 2026, 12:00 UTC` */
export function momentWords(ms: number): string {
  const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(ms);
  return `${words.replace(' at ', ', ')} UTC`;
}

/** A value for people. */
export function valueWords(value: Json | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Every value with its path, as it came. */
export function leafLines(value: Json, path = ''): readonly (readonly [path: string, value: string])[] {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return [[path, value.map(valueWords).join(', ') || 'none']];
  }
  if (typeof value !== 'object' || value === null) return [[path, valueWords(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leafLines(inner, path === '' ? key : `${path} › ${key}`));
}

/** A number and its unit stay on one line. */
export function tied(text: string): string {
  return text.replace(/(\d) (?=%|USD\b|points\b|ms\b|s\b)/g, '$1\u00a0');
}
