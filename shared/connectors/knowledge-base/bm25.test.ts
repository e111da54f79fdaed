import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranking, stemsOf } from './bm25.ts';

const rankingOf = (...texts: string[]) => ranking(texts.map((text) => [{ text, weight: 1 }]));

describe('ranking', () => {
  it('puts first what shares the rarer words', () => {
    const index = rankingOf('invoice logo', 'invoice tax', 'invoice number', 'calendar colours');
    expect(index.rank('tax on an invoice').map(({ index: at }) => at)).toEqual([1, 0, 2]);
  });

  it('finds nothing where no word is shared, and nothing for no words', () => {
    expect(rankingOf('invoice').rank('weather tomorrow')).toEqual([]);
    expect(rankingOf('invoice').rank('')).toEqual([]);
    expect(rankingOf().rank('invoice')).toEqual([]);
  });

  it('counts a word of more weight for more, and a longer text for less', () => {
    const index = ranking([
      [{ text: 'refund', weight: 1 }],
      [{ text: 'refund', weight: 3 }],
      [{ text: `refund ${'other words here '.repeat(20)}`, weight: 1 }],
    ]);
    expect(index.rank('refund').map(({ index: at }) => at)).toEqual([1, 0, 2]);
  });

  it('gives the same for the same words in any order, repeated or not', () => {
    const index = rankingOf('move a booking', 'cancel a booking', 'print the week');
    fc.assert(
      fc.property(fc.shuffledSubarray(['move', 'booking', 'print', 'week', 'unknown']), (words) => {
        const sorted = index.rank(words.toSorted().join(' '));
        expect(index.rank([...words, ...words].join(' ')).map(({ index: at }) => at)).toEqual(
          sorted.map(({ index: at }) => at),
        );
      }),
    );
  });
});

describe('stems', () => {
  it.each([
    ['Bookings, booked, booking', ['book', 'book', 'book']],
    ["don't the a", []],
    ['cancelled cancel', ['cancel', 'cancel']],
    ['ＷＩＤＥ width', ['wide', 'width']],
  ])('of %o are %o', (text, stems) => {
    expect(stemsOf(text)).toEqual(stems);
  });
});
