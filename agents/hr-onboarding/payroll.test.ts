import { describe, expect, it } from 'vitest';
import { cutOffOf, firstPayroll } from './payroll.ts';

describe('the first payroll', () => {
  it.each([
    ['starts and is known before the cut-off', '2026-09-01', '2026-07-13', '2026-09'],
    ['starts on the day of the cut-off', '2026-09-15', '2026-08-01', '2026-09'],
    ['starts after it', '2026-09-16', '2026-08-01', '2026-10'],
    ['becomes known too late', '2026-09-01', '2026-09-16', '2026-10'],
    ['starts late in December', '2026-12-16', '2026-08-01', '2027-01'],
  ])('of who %s', (_what, startsOn, knownOn, expected) => {
    expect(firstPayroll(startsOn, knownOn, 15)).toBe(expected);
  });

  it('closes on a day of its month', () => {
    expect(cutOffOf('2026-09', 8)).toBe('2026-09-08');
  });
});
