import { pageOfWorld, searchWorld } from '../../shared/connectors/search/sandbox.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import type { Sources } from '../../shared/ports/index.ts';
import type { WholeWeb } from './request.ts';

/** The made-up world in place of web, press, register and CRM, searched as the sandbox searches its own. */
export function webSources(web: WholeWeb): Sources {
  const bytes = new TextEncoder().encode(JSON.stringify({ pages: web.pages }));
  const assets = { read: async () => bytes };
  const ANSWERS: Readonly<Record<string, (args: JsonObject) => Promise<JsonObject>>> = {
    'search.web': async ({ query, limit }) => {
      const results = await searchWorld(assets, 'whole', String(query));
      return { wordsOf: 'strangers', results: results.slice(0, Number(limit)) };
    },
    'search.trade-press': async ({ url }) => {
      return { wordsOf: 'strangers', url: String(url), text: await pageOfWorld(assets, 'whole', String(url)) };
    },
    'sandbox.company-directory': async ({ domain }) => {
      const company = Object.hasOwn(web.companies, String(domain)) ? web.companies[String(domain)] : undefined;
      const nothing = { employees: null, industry: null, country: null, funding: null, techStack: [] };
      return { ...nothing, ...company, found: company !== undefined };
    },
    'sandbox.crm-history': async ({ email }) => {
      const stage = Object.hasOwn(web.crm, String(email)) ? web.crm[String(email)] : undefined;
      return { stage: stage ?? 'none', contactedBefore: stage !== undefined, lastContactDays: null };
    },
  };
  return {
    async read(connector, args) {
      const found = ANSWERS[connector];
      if (found === undefined) throw new Error(`the made-up world has no ${connector}`);
      return found(args);
    },
    async list() {
      return [];
    },
  };
}
