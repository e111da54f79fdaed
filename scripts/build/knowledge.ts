import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Article, parseArticles } from '../../shared/connectors/knowledge-base/articles.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';

/** The articles of a workflow as one file for its function; null where it has no folder of them. */
export function packKnowledge(workflow: string): string | null {
  const articles = readArticles(inProject('agents', workflow, 'knowledge'));
  return articles === null ? null : JSON.stringify(articles);
}

/**
 * All articles in the Markdown files of a folder, in the order of file names; null where there is no folder.
 * @throws Problem naming the file and the article that cannot be used.
 */
export function readArticles(folder: string): Article[] | null {
  if (!existsSync(folder)) return null;
  const articles: Article[] = [];
  for (const file of readdirSync(folder).toSorted()) {
    if (!file.endsWith('.md')) continue;
    const known = new Set(articles.map(({ id }) => id));
    articles.push(...parsed(`${folder}/${file}`, file, known));
  }
  return articles;
}

function parsed(path: string, name: string, known: ReadonlySet<string>): Article[] {
  try {
    return parseArticles(name, readFileSync(path, 'utf8'), known);
  } catch (error) {
    throw new Problem((error as Error).message, { cause: error });
  }
}
