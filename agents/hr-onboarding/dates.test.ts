import { describe, expect, it } from 'vitest';
import { isWorkingDay, plusDays, plusWorkingDays, workingDayFrom, workingDaysBetween } from './dates.ts';

const FRIDAY = '2026-08-28';
const SATURDAY = '2026-08-29';
const MONDAY = '2026-08-31';

describe('dates', () => {
  it('know Monday to Friday as working days, and no holidays', () => {
    expect([FRIDAY, SATURDAY, '2026-08-30', MONDAY].map(isWorkingDay)).toEqual([true, false, false, true]);
    expect(isWorkingDay('2026-12-25')).toBe(true);
  });

  it('begin on the next working day where the first one is none', () => {
    expect([FRIDAY, SATURDAY].map(workingDayFrom)).toEqual([FRIDAY, MONDAY]);
  });

  it.each([
    [MONDAY, 0, MONDAY],
    [MONDAY, -1, FRIDAY],
    [MONDAY, -10, '2026-08-17'],
    [FRIDAY, 1, MONDAY],
    [SATURDAY, 1, MONDAY],
    [SATURDAY, -1, FRIDAY],
    ['2026-12-31', 1, '2027-01-01'],
  ])('from %s count %d working days to %s', (from, days, expected) => {
    expect(plusWorkingDays(from, days)).toBe(expected);
  });

  it.each([
    [FRIDAY, MONDAY, 1],
    [FRIDAY, SATURDAY, 0],
    [MONDAY, FRIDAY, -1],
    ['2026-08-03', '2026-09-01', 21],
    [MONDAY, MONDAY, 0],
  ])('from %s to %s count %d working days', (from, to, expected) => {
    expect(workingDaysBetween(from, to)).toBe(expected);
  });

  it('count as they add, over a whole year', () => {
    for (let days = 1; days < 260; days += 1) {
      expect(workingDaysBetween(FRIDAY, plusWorkingDays(FRIDAY, days))).toBe(days);
    }
  });

  it('cross a change of clocks, and a leap day', () => {
    expect(plusDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(plusDays('2028-02-28', 1)).toBe('2028-02-29');
  });
});
