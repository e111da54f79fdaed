import { Cron } from 'croner';
import { instantOf, wallOf } from './wall-time.ts';

/**
 * AWS's cron: minutes, hours, day of month, month, day of week (1 is Sunday), year; one of the two days is `?`. Dates
 * are worked out on the wall clock: a time that does not exist on a day is skipped, one that comes twice fires once.
 */
export class AwsCron {
  readonly #cron: Cron;
  readonly #timeZone: string;

  /** @throws Error for fields that AWS would refuse */
  constructor(fields: string, timeZone: string) {
    this.#cron = new Cron(toCroner(fields), { timezone: 'UTC', paused: true });
    this.#timeZone = timeZone;
  }

  /** The first time after `afterMs`; null when there is none. */
  nextAfter(afterMs: number): number | null {
    let wall = new Date(wallOf(afterMs, this.#timeZone));
    for (;;) {
      const next = this.#cron.nextRun(wall);
      if (next === null) return null;
      const instantMs = instantOf(next.getTime(), this.#timeZone);
      if (instantMs !== null && instantMs > afterMs) return instantMs;
      wall = next;
    }
  }
}

function toCroner(text: string): string {
  const fields = text.trim().toUpperCase().split(/\s+/);
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if (fields.length !== 6) throw new Error('Six fields are needed.');
  if (dayOfMonth !== '?' && dayOfWeek !== '?') throw new Error('One of day-of-month and day-of-week must be ?.');
  check(minutes, /^[\d,\-*/]+$/);
  check(hours, /^[\d,\-*/]+$/);
  check(dayOfMonth, /^(\?|[\d,\-*/]+|L|LW|\d{1,2}W)$/);
  check(month, /^[\dA-Z,\-*/]+$/);
  check(dayOfWeek, /^(\?|[1-7A-Z,\-*/]+|[1-7]#[1-5]|[1-7]?L)$/);
  check(year, /^(\*|((19[7-9]\d|20\d\d|21\d\d)[,\-/]?\d*)+)$/);
  return [
    '0',
    withEnd(minutes, 59),
    withEnd(hours, 23),
    withEnd(orAny(dayOfMonth), 31),
    withEnd(month, 12),
    withEnd(sundayIsZero(orAny(dayOfWeek)), 6),
    withEnd(year, 2199),
  ].join(' ');
}

function check(field: string, form: RegExp): void {
  if (!form.test(field)) throw new Error(`${field} is not valid.`);
}

function orAny(field: string): string {
  return field === '?' ? '*' : field;
}

/** `5/20` is from 5 on in steps of 20. */
function withEnd(field: string, last: number): string {
  return field.replace(/(^|,)(\d+)\/(\d+)/g, `$1$2-${last}/$3`);
}

/** The number behind a slash is a step, behind a # a count; all others are days. */
function sundayIsZero(field: string): string {
  if (field === 'L') return '6';
  return field.replace(/([/#]?)([1-7])/g, (whole, sign: string, digit: string) =>
    sign === '' ? String(Number(digit) - 1) : whole,
  );
}
