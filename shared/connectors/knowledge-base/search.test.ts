import { describe, expect, it } from 'vitest';
import { knowledgeBase } from './definition.ts';
import { searchKnowledge } from './search.ts';

const ARTICLES = [
  { id: 'tax', title: 'Set tax rates', askedAs: 'VAT', text: 'Under Settings.' },
  { id: 'logo', title: 'Logo on invoices', askedAs: 'letterhead', text: 'Upload it.' },
  { id: 'move', title: 'Move a booking', askedAs: 'reschedule', text: 'Drag it.' },
];

function setUp(file: unknown = ARTICLES) {
  const reads: string[] = [];
  let isDown = false;
  const read = async (path: string) => {
    reads.push(path);
    if (isDown) throw new Error('disk is busy');
    return file === null ? null : new TextEncoder().encode(JSON.stringify(file));
  };
  const search = searchKnowledge({ read });
  return {
    reads,
    setDown: (down: boolean) => {
      isDown = down;
    },
    find: async (question: string, atMost = 2) =>
      knowledgeBase.data.parse(await search({ question, atMost }, { workflow: 'support' })),
  };
}

describe('the knowledge base', () => {
  it('gives the best articles whole, with their scores and the lead of the first', async () => {
    const { find } = setUp();
    const { articles, bestScore, lead } = await find('VAT on invoices');
    expect(articles.map(({ id }) => id)).toEqual(['logo', 'tax']);
    expect(articles[0]).toMatchObject({ title: 'Logo on invoices', text: 'Upload it.', score: bestScore });
    expect(lead).toBeCloseTo(bestScore - (articles[1]?.score ?? 0), 5);
  });

  it('gives none where none speaks of it, and no more than asked for', async () => {
    const { find } = setUp();
    expect(await find('weather')).toEqual({ articles: [], bestScore: 0, lead: 0 });
    expect((await find('tax logo booking', 1)).articles).toHaveLength(1);
  });

  it('reads the file once, and again after it could not be read', async () => {
    const { find, reads, setDown } = setUp();
    setDown(true);
    await expect(find('tax')).rejects.toThrow('disk is busy');
    setDown(false);
    await find('tax');
    await find('logo');
    expect(reads).toEqual(['agents/support/knowledge.json', 'agents/support/knowledge.json']);
  });

  it('is an error where the workflow has none, so that nobody answers without it', async () => {
    await expect(setUp(null).find('tax')).rejects.toThrow('has no knowledge base');
  });
});
