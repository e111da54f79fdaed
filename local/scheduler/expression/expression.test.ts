import { describe, expect, it } from 'vitest';
import { readScheduleExpression } from './index.ts';

describe('cron', () => {
  it.each([
    ['five past every hour', 'cron(5 * * * ? *)', 'UTC', ['2026-01-01T00:05', '2026-01-01T01:05']],
    [
      'weekdays, where 2 is Monday',
      'cron(0 8 ? * 2-6 *)',
      'UTC',
      ['2026-01-01T08:00', '2026-01-02T08:00', '2026-01-05T08:00'],
    ],
    [
      'weekdays by name',
      'cron(0 8 ? * MON-FRI *)',
      'UTC',
      ['2026-01-01T08:00', '2026-01-02T08:00', '2026-01-05T08:00'],
    ],
    ['1 is Sunday', 'cron(0 8 ? * 1 *)', 'UTC', ['2026-01-04T08:00', '2026-01-11T08:00']],
    [
      'every second day from Sunday',
      'cron(0 8 ? * 1/2 *)',
      'UTC',
      ['2026-01-01T08:00', '2026-01-03T08:00', '2026-01-04T08:00'],
    ],
    ['the last day of the month', 'cron(0 8 L * ? *)', 'UTC', ['2026-01-31T08:00', '2026-02-28T08:00']],
    [
      'the last weekday of the month',
      'cron(0 8 LW * ? *)',
      'UTC',
      ['2026-01-30T08:00', '2026-02-27T08:00', '2026-03-31T08:00'],
    ],
    ['the weekday nearest the 15th', 'cron(0 8 15W * ? *)', 'UTC', ['2026-01-15T08:00', '2026-02-16T08:00']],
    [
      'the weekday nearest the 1st, never the month before',
      'cron(0 8 1W 2 ? *)',
      'UTC',
      ['2026-02-02T08:00', '2027-02-01T08:00'],
    ],
    ['the last Friday', 'cron(0 8 ? * 6L *)', 'UTC', ['2026-01-30T08:00', '2026-02-27T08:00']],
    ['the third Tuesday', 'cron(0 8 ? * 3#3 *)', 'UTC', ['2026-01-20T08:00', '2026-02-17T08:00']],
    ['years', 'cron(0 0 1 1 ? 2027-2028)', 'UTC', ['2027-01-01T00:00', '2028-01-01T00:00', null]],
    [
      'steps',
      'cron(0/20 9-10 1 JAN ? 2026)',
      'UTC',
      ['2026-01-01T09:00', '2026-01-01T09:20', '2026-01-01T09:40', '2026-01-01T10:00'],
    ],
    ['a date that never comes', 'cron(0 0 30 2 ? *)', 'UTC', [null]],
    ['a half-hour time zone', 'cron(0 8 * * ? *)', 'Asia/Kolkata', ['2026-01-01T02:30', '2026-01-02T02:30']],
  ])('knows %s', (_name, text, timeZone, expected) => {
    expect(occurrences(text, timeZone, '2026-01-01T00:00:00Z', expected.length)).toEqual(expected);
  });

  it('skips a time that is left out when clocks go forward', () => {
    expect(occurrences('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-30T00:30',
      '2026-03-31T00:30',
    ]);
  });

  it('fires once at a time that comes twice when clocks go back', () => {
    expect(occurrences('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-24T12:00:00Z', 3)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
      '2026-10-27T01:30',
    ]);
  });
});

describe('rate and at', () => {
  it('counts a rate from its anchor', () => {
    const rate = readScheduleExpression('rate(5 minutes)', 'UTC');
    expect(rate?.nextAfter(1000, 1000)).toBe(301_000);
    expect(rate?.nextAfter(301_000, 1000)).toBe(601_000);
  });

  it('is due once at a local time', () => {
    expect(occurrences('at(2026-07-01T08:00:00)', 'Europe/Berlin', '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-07-01T06:00',
      null,
    ]);
  });
});

describe('what AWS refuses', () => {
  it.each([
    'cron(0 8 * * * *)',
    'cron(0 8 1 * MON *)',
    'cron(0 8 * * ?)',
    'cron(60 8 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 8 ? * 0 *)',
    'cron(0 8 ? * 8 *)',
    'cron(0 8 32 * ? *)',
    'cron(0 8 * 13 ? *)',
    'cron(0 8 ? * MOON *)',
    'rate(0 minutes)',
    'rate(5 seconds)',
    'rate(five minutes)',
    'at(2026-13-01T00:00:00)',
    'at(2026-01-01)',
    'every day',
  ])('refuses %s', (text) => {
    expect(readScheduleExpression(text, 'UTC')).toBeNull();
  });

  it('refuses a time zone that is not one', () => {
    expect(readScheduleExpression('rate(1 day)', 'Mars/Olympus')).toBeNull();
  });
});

function occurrences(text: string, timeZone: string, fromIso: string, count: number): (string | null)[] {
  const expression = readScheduleExpression(text, timeZone);
  if (expression === null) throw new Error(`${text} is not valid`);
  const found: (string | null)[] = [];
  let afterMs: number | null = Date.parse(fromIso);
  while (found.length < count && afterMs !== null) {
    afterMs = expression.nextAfter(afterMs, 0);
    found.push(afterMs === null ? null : new Date(afterMs).toISOString().slice(0, 16));
  }
  return found;
}
