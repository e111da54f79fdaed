import type { Json, JsonObject } from '../../shared/contracts/index.ts';

/** `1.2 s`, `3 min 05 s`, `2 h 10 min`, `1 d 4 h` */
export function duration(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 60) return `${s.toFixed(1)} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
  if (s < 86_400) return `${Math.floor(s / 3_600)} h ${two((s % 3_600) / 60)} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3_600)} h`;
}

/** `2026-11-23 17:41:20 UTC` */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `93 %` */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `0.00012 USD`, to three digits that count. */
export function usd(amount: number): string {
  return `${amount === 0 ? '0' : Number(amount.toPrecision(3)).toString()} USD`;
}

/** `name: value` for every field, nested ones by their path; text of several lines goes below its name. */
export function fieldLines(fields: JsonObject, indent: string): string[] {
  return flatten(fields, '').flatMap(([path, value]) => {
    const [first = '', ...rest] = value.split('\n');
    if (rest.length === 0) return [`${indent}${path}: ${first}`];
    return [`${indent}${path}:`, ...[first, ...rest].map((line) => `${indent}  ${line}`.trimEnd())];
  });
}

function flatten(value: Json, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  if (Array.isArray(value))
    return [[path, value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ')]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`));
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

/** One after the other on a line; what has no full stop of its own gets one where more follows. */
export function inSentences(reasons: readonly string[]): string {
  const last = reasons.length - 1;
  return reasons.map((reason, at) => (at === last || /[.!?]$/.test(reason) ? reason : `${reason}.`)).join(' ');
}
