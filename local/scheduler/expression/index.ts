import { AwsCron } from './cron.ts';
import { instantOf, isTimeZone } from './wall-time.ts';

/**
 * When a schedule is due. `at` is due once. A `rate` counts from `anchorMs`, which is not itself due.
 */
export interface ScheduleExpression {
  readonly kind: 'at' | 'rate' | 'cron';
  /** The first time after `afterMs`; null when there is none. */
  readonly nextAfter: (afterMs: number, anchorMs: number) => number | null;
}

/**
 * Reads `rate(5 minutes)`, `cron(0 8 ? * MON-FRI *)` and `at(2026-11-23T08:00:00)`; null for what AWS would refuse.
 * @param timeZone of cron and at: an IANA name
 */
export function readScheduleExpression(text: string, timeZone: string): ScheduleExpression | null {
  const match = /^(rate|cron|at)\((.+)\)$/.exec(text.trim());
  const inner = match?.[2]?.trim() ?? '';
  if (!isTimeZone(timeZone)) return null;
  switch (match?.[1]) {
    case 'rate':
      return readRate(inner);
    case 'cron':
      return readCron(inner, timeZone);
    case 'at':
      return readAt(inner, timeZone);
    default:
      return null;
  }
}

/** Whether a rate names its unit as rules need it: one in the singular, all others in the plural. */
export function isRateInNumber(text: string): boolean {
  const [, count, plural] = /^rate\((\d+) [a-z]+?(s?)\)$/.exec(text.trim()) ?? [];
  return count === undefined || (count === '1') === (plural === '');
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function readRate(text: string): ScheduleExpression | null {
  const match = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text);
  if (match === null) return null;
  const periodMs = Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 0);
  return {
    kind: 'rate',
    nextAfter: (afterMs, anchorMs) => {
      const periods = Math.max(1, Math.floor((afterMs - anchorMs) / periodMs) + 1);
      return anchorMs + periods * periodMs;
    },
  };
}

function readCron(text: string, timeZone: string): ScheduleExpression | null {
  try {
    const cron = new AwsCron(text, timeZone);
    return { kind: 'cron', nextAfter: (afterMs) => cron.nextAfter(afterMs) };
  } catch {
    return null;
  }
}

function readAt(text: string, timeZone: string): ScheduleExpression | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return null;
  const wallMs = Date.parse(`${text}Z`);
  const atMs = Number.isNaN(wallMs) ? null : instantOf(wallMs, timeZone);
  if (atMs === null) return null;
  return { kind: 'at', nextAfter: (afterMs) => (atMs > afterMs ? atMs : null) };
}
