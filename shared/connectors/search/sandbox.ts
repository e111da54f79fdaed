import * as z from 'zod';
import type { JsonObject } from '../../contracts/index.ts';
import { type Assets, ReadError } from '../../ports/index.ts';

/** The part of a workflow's `sandbox.json` that stands for the web: made-up pages. */
const Pages = z.object({
  pages: z.array(z.object({ title: z.string(), url: z.string(), text: z.string() })).default([]),
});

/** Pages of the made-up web, those with most of the words first. */
export async function searchWorld(assets: Assets, workflow: string, query: string): Promise<JsonObject[]> {
  const pages = await pagesOf(assets, workflow);
  const words = new Set(wordsOf(query));
  return pages
    .map((page) => ({ page, hits: wordsOf(`${page.title} ${page.text}`).filter((word) => words.has(word)).length }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .map(({ page }) => page);
}

/** @throws ReadError where the made-up web has no such page. */
export async function pageOfWorld(assets: Assets, workflow: string, url: string): Promise<string> {
  const page = (await pagesOf(assets, workflow)).find((one) => one.url === url);
  if (page === undefined) throw new ReadError(`the made-up web has no page ${url}`, { isPassing: false });
  return page.text;
}

async function pagesOf(assets: Assets, workflow: string): Promise<z.infer<typeof Pages>['pages']> {
  const bytes = await assets.read(`agents/${workflow}/sandbox.json`);
  return bytes === null ? [] : Pages.parse(JSON.parse(new TextDecoder().decode(bytes))).pages;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}
