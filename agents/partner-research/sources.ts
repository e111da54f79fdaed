import * as z from 'zod';
import { source } from '../../shared/authoring/index.ts';
import { companyDirectory, crmHistory, webPage, webSearch } from '../../shared/connectors/definitions.ts';
import type { ResearchRequest } from './request.ts';

const RESULTS = 8;

/** The trade press that is read whole; of all else, what the search says of it. */
const tradePress = webPage({ id: 'search.trade-press', hosts: ['trade-press.example'] });

/** Where the researcher looks, each as often as it asks. */
export const sources = {
  'web-search': source({
    title: 'Web search',
    connector: webSearch,
    isRequired: false,
    read: 'on-demand',
    asks: {
      description: 'finds pages by words; ask for the industry, what is done for it, and the region',
      schema: z.strictObject({ query: z.string().min(3).max(200) }),
    },
    arguments: (_request: ResearchRequest, { query }) => ({ query, limit: RESULTS }),
    mostBytes: 16_384,
  }),
  'trade-press': source({
    title: 'Trade press',
    connector: tradePress,
    isRequired: false,
    read: 'on-demand',
    asks: {
      description: 'the text of a page of trade-press.example that the search found',
      schema: z.strictObject({ url: z.string().max(300) }),
    },
    arguments: (_request: ResearchRequest, { url }) => ({ url }),
    mostBytes: 8_192,
  }),
  'company-register': source({
    title: 'Company register',
    connector: companyDirectory,
    isRequired: false,
    read: 'on-demand',
    asks: {
      description: 'what the register has of a company: industry, country, employees',
      schema: z.strictObject({ domain: z.string().max(200) }),
    },
    arguments: (_request: ResearchRequest, { domain }) => ({ domain: domain.toLowerCase() }),
  }),
  'crm-history': source({
    title: 'CRM history',
    connector: crmHistory,
    isRequired: false,
    read: 'on-demand',
    asks: {
      description: 'whether we have been in touch with somebody, by e-mail address',
      schema: z.strictObject({ email: z.email().max(254) }),
    },
    arguments: (_request: ResearchRequest, { email }) => ({ email: email.toLowerCase() }),
  }),
};
