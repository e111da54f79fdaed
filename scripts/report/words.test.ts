import { expect, test } from 'vitest';
import { fieldLines, instant } from './words.ts';

test('writes instants for people', () => {
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
