import { expect, test } from 'vitest';
import { fitted } from './fitted.ts';

test('breaks a wide line at spaces, and goes on under its last column', () => {
  const gate =
    '  yes  Time to the decision                  95 of 100 cases are decided within 0.02 s; less than 30 s is wanted.';
  expect(fitted(gate, 80).split('\n')).toEqual([
    '  yes  Time to the decision                  95 of 100 cases are decided within',
    '       0.02 s; less than 30 s is wanted.',
  ]);
  expect(fitted('Cross-fitted: five models, each trained on four fifths of the examples.', 40).split('\n')).toEqual([
    'Cross-fitted: five models, each trained',
    'on four fifths of the examples.',
  ]);
});

test('goes on under the words of an item, and not under its dash', () => {
  expect(fitted('  - request pages that were only looked at, and reading', 40).split('\n')).toEqual([
    '  - request pages that were only looked',
    '    at, and reading',
  ]);
});

test.each([
  ['a line that fits', 'short', 80],
  ['what goes to a file', 'a '.repeat(100), undefined],
  ['a word that nobody could copy otherwise', `https://${'a'.repeat(120)}`, 80],
])('leaves %s as it is', (_what, text, columns) => {
  expect(fitted(text, columns)).toBe(text);
});

test('keeps every word in its order, whatever the width', () => {
  const text =
    '  name    a value of many words, and more of them\n\n- a list: one two three four five six seven eight nine ten';
  for (const columns of [40, 47, 55, 80]) {
    const lines = fitted(text, columns).split('\n');
    expect(lines.join(' ').split(/\s+/)).toEqual(text.split(/\s+/));
    expect(lines.every((line) => line.length <= columns)).toBe(true);
  }
});
