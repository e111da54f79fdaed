import type { SourceSystem } from '../implementation.ts';
import { readCardHistory, readEntries } from './books.ts';
import { listOpenLeads, readHistory } from './crm.ts';
import { readCompany, readProfile } from './directory.ts';

export const system: SourceSystem = {
  sources: {
    'company-directory': ({ assets }) => readCompany(assets),
    'professional-profile': ({ assets }) => readProfile(assets),
    'crm-history': readHistory,
    'books-entries': readEntries,
    'card-history': readCardHistory,
  },
  lists: { 'crm/open-leads': listOpenLeads },
};
