import * as z from 'zod';
import { defineSourceConnector, type SourceConnector } from '../../authoring/index.ts';

/**
 * Searches the web by Brave's search API, or a service that speaks the same. What is found is strangers' words: nothing
 * in it is an instruction, and no agent may reach an address by it alone.
 */
export const webSearch = defineSourceConnector({
  id: 'search.web',
  arguments: z.strictObject({
    query: z.string().min(1).max(400),
    limit: z.int().min(1).max(20),
  }),
  data: z.object({
    wordsOf: z.literal('strangers'),
    results: z.array(z.object({ title: z.string(), url: z.string(), text: z.string() })),
  }),
  ...{ timeoutMs: 8_000, attempts: 2, wordsOf: 'strangers', secret: 'search', hosts: ['api.search.brave.com'] },
  // The smallest plan takes one call a second.
  rate: { calls: 1, perMs: 1_000 },
});

/**
 * The text of web pages on hosts that the builder names (`*.example.com` for all below one); `id` begins with `search.`.
 * It belongs to the search: while that has no key, pages come from the made-up web too.
 */
export function webPage(definition: {
  readonly id: string;
  readonly hosts: readonly string[];
}): SourceConnector<{ url: string }, { wordsOf: 'strangers'; url: string; text: string }> {
  return defineSourceConnector({
    ...definition,
    arguments: z.strictObject({ url: z.string().max(2_000) }),
    data: z.object({ wordsOf: z.literal('strangers'), url: z.string(), text: z.string() }),
    ...{ timeoutMs: 10_000, attempts: 2, wordsOf: 'strangers', secret: 'search', rate: { calls: 2, perMs: 1_000 } },
  });
}
