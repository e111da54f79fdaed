import { expect, test } from 'vitest';
import { flatten } from './flatten.ts';

test('reads objects as paths and lists as sets of values', () => {
  const flat = flatten({
    input: { title: 'VP', tags: ['a', 'b', 'a'] },
    sources: { crm: { deals: [{ size: 1 }, { size: 2 }] } },
  });
  expect(Object.fromEntries(flat)).toEqual({
    'input.title': ['VP'],
    'input.tags': ['a', 'b'],
    'sources.crm.deals.size': [1, 2],
  });
});

test.each([null, undefined, '', '  ', Number.NaN, [], {}])('leaves out %j as missing', (value) => {
  expect(flatten({ input: { note: value as null, kept: false } })).toEqual(new Map([['input.kept', [false]]]));
});
