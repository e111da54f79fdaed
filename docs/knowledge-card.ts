/** `node_modules/.bin/node docs/knowledge-card.ts`: how well support triage finds the articles that its examples name. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { supportTriage } from '../agents/support-triage/workflow.ts';
import { readArticles } from '../scripts/build/knowledge.ts';
import { inProject } from '../scripts/command/project.ts';
import { knowledgeBase } from '../shared/connectors/definitions.ts';
import { findArticles, shelfOf } from '../shared/connectors/knowledge-base/search.ts';

const folder = inProject('agents', supportTriage.id);
const { examples: answeredBy } = z
  .object({ examples: z.record(z.string(), z.array(z.string())) })
  .parse(JSON.parse(readFileSync(`${folder}/answered-by.json`, 'utf8')));
const examples = readFileSync(`${folder}/examples.jsonl`, 'utf8')
  .trim()
  .split('\n')
  .map((line) => z.object({ id: z.string(), input: z.object({ input: supportTriage.input }) }).parse(JSON.parse(line)));
const shelf = shelfOf(readArticles(`${folder}/knowledge`) ?? []);

const answered = examples.filter(({ id }) => (answeredBy[id] ?? []).length > 0);
const places = answered.map(({ id, input }) => {
  const asked = knowledgeBase.arguments.parse(supportTriage.sources['knowledge-base']?.arguments(input.input, {}));
  const { articles } = knowledgeBase.data.parse(findArticles(shelf, asked.question, asked.atMost));
  return articles.findIndex((article) => (answeredBy[id] ?? []).includes(article.id));
});
const share = (isCounted: (place: number) => boolean): string => {
  const count = places.filter(isCounted).length;
  return `${count} (${((100 * count) / places.length).toFixed(1)} %)`;
};

console.log(
  `${shelf.articles.length} articles; one of them answers ${answered.length} of ${examples.length} examples.`,
);
console.log(
  `Of those it is found first for ${share((place) => place === 0)}, among three for ${share((place) => place >= 0)}.`,
);
