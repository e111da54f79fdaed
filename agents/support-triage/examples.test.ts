import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readArticles } from '../../scripts/build/knowledge.ts';
import { knowledgeBase, ticketHistory } from '../../shared/connectors/definitions.ts';
import { findArticles, shelfOf } from '../../shared/connectors/knowledge-base/search.ts';
import { inTicketOrder, pairsAlike } from '../../test/support/alike-texts.ts';
import { Ticket, TicketJudgement, ticketFrom } from './ticket.ts';
import { supportTriage } from './workflow.ts';

const Example = z.strictObject({
  id: z.string(),
  input: z.strictObject({
    input: Ticket,
    sources: z.strictObject({ 'knowledge-base': knowledgeBase.data, 'ticket-history': ticketHistory.data }),
  }),
  expected: TicketJudgement,
});

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const examples = read('./examples.jsonl')
  .trim()
  .split('\n')
  .map((line) => Example.parse(JSON.parse(line)));
const answeredBy = z
  .strictObject({ note: z.string(), examples: z.record(z.string(), z.array(z.string())) })
  .parse(JSON.parse(read('./answered-by.json')));
const shelf = shelfOf(readArticles(new URL('./knowledge', import.meta.url).pathname) ?? []);
const ids = new Set(shelf.articles.map(({ id }) => id));
const question = (ticket: Ticket) =>
  knowledgeBase.arguments.parse(supportTriage.sources['knowledge-base']?.arguments(ticket, {}));

describe('the labelled examples', () => {
  it('are enough, with consecutive ids that occur once', () => {
    expect(examples.length).toBeGreaterThanOrEqual(300);
    expect(examples.map(({ id }) => id)).toEqual(inTicketOrder(examples.length));
  });

  it('reach nobody: every address ends in .example and is used once', () => {
    const addresses = examples.map(({ input }) => input.input.email);
    expect(addresses.filter((address) => !/^[a-z0-9._+-]+@[a-z0-9.-]+\.example$/.test(address))).toEqual([]);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('never have two texts that share most of their word trigrams', () => {
    const texts = examples.map(({ id, input: { input } }) => ({ id, text: `${input.subject} ${input.text}` }));
    expect(pairsAlike(texts, 0.6)).toEqual([]);
  });

  it.each<[keyof TicketJudgement, string, number, number]>([
    ['kind', 'question', 0.4, 0.6],
    ['kind', 'user-error', 0.12, 0.25],
    ['kind', 'bug', 0.15, 0.3],
    ['kind', 'feature-request', 0.08, 0.2],
    ['impact', 'stopped', 0.04, 0.1],
    ['impact', 'many-stopped', 0.02, 0.1],
    ['concern', 'lost-data', 0.03, 0.1],
    ['concern', 'security', 0.02, 0.1],
    ['concern', 'legal', 0.02, 0.1],
    ['concern', 'angry', 0.03, 0.1],
  ])('say of %s %s in a share between the given ones', (field, value, least, most) => {
    const share = examples.filter(({ expected }) => expected[field] === value).length / examples.length;
    expect(share).toBeGreaterThan(least);
    expect(share).toBeLessThan(most);
  });

  it('hold what the knowledge base finds for them', () => {
    for (const { id, input } of examples) {
      const { question: asked, atMost } = question(input.input);
      expect({ id, ...findArticles(shelf, asked, atMost) }).toEqual({ id, ...input.sources['knowledge-base'] });
    }
  });

  it('say that an article answers where the one that is found first is labelled as the answer', () => {
    expect(Object.keys(answeredBy.examples)).toEqual(examples.map(({ id }) => id));
    for (const { id, input, expected } of examples) {
      const labelled = answeredBy.examples[id] ?? [];
      expect(labelled.filter((article) => !ids.has(article))).toEqual([]);
      const first = input.sources['knowledge-base'].articles[0]?.id ?? 'none';
      expect({ id, answers: expected.articleAnswers }).toEqual({ id, answers: labelled.includes(first) });
    }
  });

  it('find the labelled article first in three of four cases, and among three in nine of ten', () => {
    const labelled = examples.filter(({ id }) => (answeredBy.examples[id] ?? []).length > 0);
    const found = (most: number) =>
      labelled.filter(({ id, input }) =>
        input.sources['knowledge-base'].articles
          .slice(0, most)
          .some((article) => (answeredBy.examples[id] ?? []).includes(article.id)),
      ).length / labelled.length;
    expect(found(1)).toBeGreaterThan(0.75);
    expect(found(3)).toBeGreaterThan(0.9);
  });
});

describe('the samples', () => {
  const names = readdirSync(new URL('./samples', import.meta.url))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace('.json', ''));
  const sample = (name: string) => z.record(z.string(), z.unknown()).parse(JSON.parse(read(`./samples/${name}.json`)));

  it('are tickets of the help desk or mails, but for the broken one', () => {
    const broken = names.filter((name) => !Ticket.safeParse(ticketFrom(sample(name))).success);
    expect(broken).toEqual(['broken']);
  });

  it('are none of the examples', () => {
    const known = new Set(examples.map(({ input }) => input.input.email));
    expect(names.map((name) => String(ticketFrom(sample(name))['email'])).filter((email) => known.has(email))).toEqual(
      [],
    );
  });

  it('hold an empty one, and one that is longer than is read', () => {
    expect(ticketFrom(sample('empty'))).toMatchObject({ subject: '', text: '', wasCut: false });
    expect(ticketFrom(sample('long-mail'))).toMatchObject({ wasCut: true });
  });
});
