import { expect, test } from 'vitest';
import { duration, fieldLines, inSentences, instant, percent, usd } from './words.ts';

test.each([
  [0, '0.0 s'],
  [1_250, '1.3 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
  [100_800_000, '1 d 4 h'],
])('%d ms reads %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('writes amounts, shares and instants for people', () => {
  expect([usd(0), usd(0.000_123_456), usd(1.5), percent(0.934)]).toEqual(['0 USD', '0.000123 USD', '1.5 USD', '93 %']);
  expect(instant(Date.UTC(2026, 10, 23, 17, 41, 20))).toBe('2026-11-23 17:41:20 UTC');
});

test('lists fields by path, lists in one line, long text below its name', () => {
  const fields = { name: 'Ada', company: { employees: 140, stack: ['Slack', 'Xero'] }, note: 'one\ntwo', gone: null };
  expect(fieldLines(fields, '  ')).toEqual([
    '  name: Ada',
    '  company.employees: 140',
    '  company.stack: Slack, Xero',
    '  note:',
    '    one',
    '    two',
    '  gone: null',
  ]);
});

test('reasons stay apart on one line', () => {
  expect(inSentences(['match: too few examples', 'It is big.', 'it is late'])).toBe(
    'match: too few examples. It is big. it is late',
  );
});
