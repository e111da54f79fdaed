import { describe, expect, it } from 'vitest';
import { distance, fullMoment, isoMoment, moment, stretch } from './when.ts';

const noonMs = Date.UTC(2026, 10, 4, 12, 0);
const hourMs = 3_600_000;

describe('moments', () => {
  it.each([
    [noonMs, 'today 13:00 CET'],
    [noonMs + 24 * hourMs, 'tomorrow 13:00 CET'],
    [noonMs - 24 * hourMs, 'yesterday 13:00 CET'],
    [noonMs + 72 * hourMs, 'Sat 7 Nov 2026, 13:00 CET'],
  ])('%i reads %s', (atMs, words) => {
    expect(moment(atMs, noonMs, 'Europe/Berlin')).toBe(words);
  });

  it('names days by the zone of the reader, not by UTC', () => {
    expect(moment(Date.UTC(2026, 10, 4, 23, 30), noonMs, 'Europe/Berlin')).toBe('tomorrow 00:30 CET');
  });

  it('falls back to UTC for a zone that does not exist', () => {
    expect(fullMoment(noonMs, 'Mars/Olympus')).toBe('Wed 4 Nov 2026, 12:00 UTC');
  });

  it('never fails for a moment that no calendar has', () => {
    expect(isoMoment(Number.NaN)).toBe('1970-01-01T00:00:00.000Z');
  });

  it.each([
    [30_000, 'now'],
    [-90_000, '1 min ago'],
    [89 * 60_000, 'in 89 min'],
    [3.9 * hourMs, 'in 3 h'],
    [49 * hourMs, 'in 2 days'],
  ])('%i ms away reads %s', (ms, words) => {
    expect(distance(noonMs + ms, noonMs)).toBe(words);
  });
});

describe('a stretch of time', () => {
  it('of whole days is told by its first and its last day', () => {
    const [from, until] = [Date.UTC(2026, 11, 24), Date.UTC(2027, 0, 2)];
    expect(stretch(from, until, 'UTC')).toBe('from Thu 24 Dec 2026 to Fri 1 Jan 2027');
    expect(stretch(from, until - 60_000, 'UTC')).toBe(
      'from Thu 24 Dec 2026, 00:00 UTC until Fri 1 Jan 2027, 23:59 UTC',
    );
  });
});
