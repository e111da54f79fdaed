import { describe, expect, it } from 'vitest';
import { parseArticles } from './articles.ts';

const TWO =
  '# Area\n\nFor people.\n\n## one: First title\n\nAsked as: uno, eins\n\nText.\n\nMore.\n\n## two: Second\n\nText.\n';

describe('articles', () => {
  it('are read with the words in which they are asked, which are no part of the text', () => {
    expect(parseArticles('a.md', TWO)).toEqual([
      { id: 'one', title: 'First title', askedAs: 'uno, eins', text: 'Text.\n\nMore.' },
      { id: 'two', title: 'Second', askedAs: '', text: 'Text.' },
    ]);
    expect(parseArticles('a.md', TWO.replaceAll('\n', '\r\n'))).toEqual(parseArticles('a.md', TWO));
    expect(parseArticles('a.md', 'nothing')).toEqual([]);
  });

  it.each([
    ['without an id', '## Title\n\nText.'],
    ['with an id of capitals', '## One: Title\n\nText.'],
    ['without a text', '## one: Title\n\nAsked as: x\n'],
    ['without a title', '## one:\n\nText.'],
  ])('%s are refused by their heading', (_what, markdown) => {
    expect(() => parseArticles('a.md', markdown)).toThrow(
      /^a\.md: the article "## .*" needs an id, a title and a text/,
    );
  });

  it('may not have the id of another one, in any file', () => {
    expect(() => parseArticles('a.md', TWO.replace('two', 'one'))).toThrow('"one" is there twice');
    expect(() => parseArticles('a.md', TWO, new Set(['two']))).toThrow('"two" is there twice');
  });
});
