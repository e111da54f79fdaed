import * as z from 'zod';
import type { JsonObject } from '../../contracts/index.ts';
import type { Assets } from '../../ports/index.ts';

/** The part of a workflow's `sandbox.json` that stands for the web: made-up pages. */
const Pages = z.object({
  pages: z.array(z.object({ title: z.string(), url: z.string(), text: z.string() })).default([]),
});

/** Pages of the made-up web, those with most of the words first. */
export async function searchWorld(assets: Assets, workflow: string, query: string): Promise<JsonObject[]> {
  const bytes = await assets.read(`agents/${workflow}/sandbox.json`);
  if (bytes === null) return [];
  const { pages } = Pages.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const words = new Set(wordsOf(query));
  return pages
    .map((page) => ({ page, hits: wordsOf(`${page.title} ${page.text}`).filter((word) => words.has(word)).length }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .map(({ page }) => page);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}
