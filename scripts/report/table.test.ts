import { expect, test } from 'vitest';
import { table } from './table.ts';

const heads = ['item', 'an average case has', 'average, USD'];
const rows = [
  ['log-bytes', '6542 byte', '0.00000305'],
  ['log-byte-months', '19357.2 byte kept for a month', '0.00000054'],
];

test.each([undefined, 20, 80])('stands in one line a row where it fits, or at no terminal (%s columns)', (columns) => {
  expect(table(heads, rows, columns)).toEqual([
    'item             an average case has            average, USD',
    '---------------  -----------------------------  ------------',
    'log-bytes        6542 byte                        0.00000305',
    'log-byte-months  19357.2 byte kept for a month    0.00000054',
  ]);
});

test('breaks words inside their own column, and numbers never', () => {
  expect(table(heads, rows, 48)).toEqual([
    'item             an average case    average, USD',
    '                 has',
    '---------------  -----------------  ------------',
    'log-bytes        6542 byte            0.00000305',
    'log-byte-months  19357.2 byte kept    0.00000054',
    '                 for a month',
  ]);
});

test('tells each row by its first cell where columns would be too narrow', () => {
  const wide = ['3f2a77bd090c4c2a9f6e64b1d7a5c001', '2026-11-30 01:08:29 UTC', 'closed', ''];
  expect(table(['case', 'opened', 'state', 'about'], [wide, ['', '', 'later', 'Somebody']], 50)).toEqual([
    '3f2a77bd090c4c2a9f6e64b1d7a5c001',
    '  opened: 2026-11-30 01:08:29 UTC',
    '  state: closed, later   about: Somebody',
  ]);
});
