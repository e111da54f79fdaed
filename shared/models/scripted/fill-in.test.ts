import { describe, expect, it } from 'vitest';
import type { Json } from '../../contracts/index.ts';
import { atOrNull, fillIn, ScriptMisfit } from './fill-in.ts';

const PAGES = [
  { url: 'https://a.example/', title: 'A', isOld: false },
  { url: 'https://b.example/', title: 'B', isOld: true },
  { url: 'https://c.example/', title: 'C', isOld: false },
];
const SCOPE = { input: { wanted: 2, text: 'Find 2' }, read: { found: { results: PAGES } } };
const $ = (path: string): Json => ({ $: path });

describe('a value of a script', () => {
  it.each<[string, Json, Json]>([
    ['stands for itself', { a: [1, 'two', null, true] }, { a: [1, 'two', null, true] }],
    ['is taken from a path', { title: $('read.found.results.1.title') }, { title: 'B' }],
    ['is how many there are', $('read.found.results.length'), 3],
    ['is texts in a row', { $text: ['Asked: ', $('input.text'), ' of ', $('input.wanted')] }, 'Asked: Find 2 of 2'],
    ['is lists as one', { $join: [[1], [2, 3]] }, [1, 2, 3]],
    [
      'is one for each that fits, at most so many',
      {
        $each: $('read.found.results'),
        as: 'page',
        where: { 'page.isOld': false },
        most: 1,
        says: { t: $('page.title') },
      },
      [{ t: 'A' }],
    ],
    [
      'is one for each but those that fit',
      { $each: $('read.found.results'), as: 'page', unless: { 'page.isOld': false }, says: $('page.title') },
      ['B'],
    ],
    [
      'is the first that fits',
      { $find: $('read.found.results'), as: 'p', where: { 'p.title': 'B' } },
      PAGES[1] as Json,
    ],
    [
      'is something of the first that fits',
      { $find: $('read.found.results'), as: 'p', where: { 'p.title': 'C' }, says: $('p.url') },
      'https://c.example/',
    ],
  ])('%s', (_what, template, value) => {
    expect(fillIn(template, SCOPE)).toEqual(value);
  });

  it.each<[string, Json]>([
    ['a path that leads nowhere', $('read.found.results.9.title')],
    ['a path through what every object inherits', $('read.constructor')],
    ['nothing that fits', { $find: $('read.found.results'), as: 'p', where: { 'p.title': 'Z' } }],
    ['no list where one is wanted', { $each: $('input.text'), says: 1 }],
    ['no text where one is wanted', { $text: [$('input')] }],
  ])('is none with %s', (_what, template) => {
    expect(() => fillIn(template, SCOPE)).toThrow(ScriptMisfit);
  });

  it('looks at a path without objecting, for conditions', () => {
    expect([atOrNull('input.wanted', SCOPE), atOrNull('input.gone', SCOPE)]).toEqual([2, null]);
  });
});
