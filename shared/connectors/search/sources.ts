import * as z from 'zod';
import type { SourceConnector } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { bodyOf, callToRead } from '../http/call.ts';
import { pageText } from '../http/page-text.ts';
import type { SourceImplementation, SourcePorts, SourceSystem } from '../implementation.ts';
import { pageOfWorld, searchWorld } from './sandbox.ts';

const API = 'https://api.search.brave.com/res/v1/web/search';

export const system: SourceSystem = { sources: { web, '*': page } };

function web(ports: SourcePorts, connector: SourceConnector): SourceImplementation {
  return async (args, { workflow }) => {
    const { query, limit } = Query.parse(args);
    const secret = await ports.secrets.read('search');
    const results =
      secret === null
        ? await searchWorld(ports.assets, workflow, query)
        : await ask(ports, connector, secret, { query, limit });
    return { wordsOf: 'strangers', results: results.slice(0, limit) };
  };
}

function page(ports: SourcePorts, connector: SourceConnector): SourceImplementation {
  return async (args, { workflow }) => {
    const url = String(args['url']);
    const secret = await ports.secrets.read('search');
    if (secret === null) return { wordsOf: 'strangers', url, text: await pageOfWorld(ports.assets, workflow, url) };
    // The key is the search's own: no page gets it.
    const accept = { accept: 'text/html, text/plain' };
    const { text } = await callToRead(ports, connector, { method: 'GET', url, headers: accept });
    return { wordsOf: 'strangers', url, text: pageText(text) };
  };
}

async function ask(
  ports: SourcePorts,
  connector: SourceConnector,
  secret: Readonly<Record<string, string>>,
  { query, limit }: z.infer<typeof Query>,
): Promise<JsonObject[]> {
  const answer = await callToRead(ports, connector, {
    ...{ method: 'GET', url: `${API}?${new URLSearchParams({ q: query, count: String(limit) })}` },
    headers: { 'x-subscription-token': secret['apiKey'] ?? '' },
  });
  const { web: found } = bodyOf(Found, answer);
  // Titles and texts come with marks around the words that were found.
  return (found?.results ?? []).map(({ title, url, description }) => ({
    ...{ title: pageText(title), url, text: pageText(description) },
  }));
}

const Query = z.object({ query: z.string(), limit: z.int() });
const Result = z.object({ title: z.string(), url: z.string(), description: z.string().default('') });
const Found = z.object({ web: z.object({ results: z.array(Result) }).optional() });
