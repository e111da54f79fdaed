import type { JsonObject } from '../../contracts/index.ts';
import type { SourceImplementation } from '../implementation.ts';
import { type Article, Articles } from './articles.ts';
import { type Ranking, ranking } from './bm25.ts';
import { knowledgeBase } from './definition.ts';

interface Assets {
  read(path: string): Promise<Uint8Array | null>;
}

/** Titles and the words of askers say more of what an article is about than its text. */
const WEIGHT = { title: 3, askedAs: 2, text: 1 } as const;

/** Looks articles up in what the build packed for the workflow. @throws when it packed none. */
export function searchKnowledge(assets: Assets): SourceImplementation {
  const shelves = new Map<string, Promise<Shelf>>();
  return async (args, { workflow }) => {
    const { question, atMost } = knowledgeBase.arguments.parse(args);
    const known = shelves.get(workflow) ?? load(assets, workflow);
    shelves.set(workflow, known);
    // A read that failed is tried again with the next case.
    known.catch(() => shelves.delete(workflow));
    return findArticles(await known, question, atMost);
  };
}

export interface Shelf {
  readonly articles: readonly Article[];
  readonly index: Ranking;
}

export function shelfOf(articles: readonly Article[]): Shelf {
  const documents = articles.map(({ title, askedAs, text }) => [
    { text: title, weight: WEIGHT.title },
    { text: askedAs, weight: WEIGHT.askedAs },
    { text, weight: WEIGHT.text },
  ]);
  return { articles, index: ranking(documents) };
}

/** The best articles as the source gives them. Scores are rounded, so that what is compared later is what was written. */
export function findArticles({ articles, index }: Shelf, question: string, atMost: number): JsonObject {
  const ranked = index.rank(question);
  const best = rounded(ranked[0]?.score ?? 0);
  const found = ranked.slice(0, atMost).flatMap(({ index: at, score }) => {
    const article = articles[at];
    return article === undefined
      ? []
      : [{ id: article.id, title: article.title, text: article.text, score: rounded(score) }];
  });
  return { articles: found, bestScore: best, lead: rounded(best - rounded(ranked[1]?.score ?? 0)) };
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}

async function load(assets: Assets, workflow: string): Promise<Shelf> {
  const bytes = await assets.read(`agents/${workflow}/knowledge.json`);
  if (bytes === null) throw new Error(`The workflow ${workflow} has no knowledge base`);
  return shelfOf(Articles.parse(JSON.parse(new TextDecoder().decode(bytes))));
}
