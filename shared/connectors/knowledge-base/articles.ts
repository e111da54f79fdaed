import * as z from 'zod';

/** One answer to one question. */
export const Article = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by hyphens'),
  title: z.string().min(1),
  /** Other words in which it is asked; only to find it. */
  askedAs: z.string(),
  /** What a customer may be told, as it is. */
  text: z.string().min(1),
});
export type Article = z.infer<typeof Article>;

/** What the build puts beside the function that reads: all articles of a workflow. */
export const Articles = z.array(Article);

/**
 * Reads the articles of a Markdown file: each begins with `## <id>: <title>`, may say `Asked as: …` on a line of its own,
 * and ends where the next one begins. What stands above the first is for people.
 * @throws Error naming file and heading for one that has no id, no title or no text, or an id that was there before.
 */
export function parseArticles(file: string, markdown: string, known: ReadonlySet<string> = new Set()): Article[] {
  const ids = new Set(known);
  const [, ...sections] = `\n${markdown.replaceAll('\r\n', '\n')}`.split('\n## ');
  return sections.map((section) => {
    const article = parseSection(file, section);
    if (ids.has(article.id)) throw new Error(`${file}: the article "${article.id}" is there twice: rename one`);
    ids.add(article.id);
    return article;
  });
}

const ASKED_AS = /^Asked as:(.*)$/m;

function parseSection(file: string, section: string): Article {
  const [heading = '', ...lines] = section.split('\n');
  const [, id = '', title = ''] = /^([^:\s]+):\s*(.*)$/.exec(heading.trim()) ?? [];
  const body = lines.join('\n');
  const askedAs = ASKED_AS.exec(body)?.[1]?.trim() ?? '';
  const article = Article.safeParse({ id, title: title.trim(), askedAs, text: body.replace(ASKED_AS, '').trim() });
  if (article.success) return article.data;
  throw new Error(`${file}: the article "## ${heading}" needs an id, a title and a text: write "## some-id: Title"`);
}
