import type { SourceSystem } from '../implementation.ts';
import { readCardHistory, readEntries } from './books.ts';
import { listOpenConversations } from './conversations.ts';
import { listOpenLeads, readHistory } from './crm.ts';
import { readCompany, readProfile } from './directory.ts';
import { readTicketHistory } from './help-desk.ts';
import { listDueSteps, readStep, readTeam } from './people.ts';

export const system: SourceSystem = {
  sources: {
    'company-directory': ({ assets }) => readCompany(assets),
    'professional-profile': ({ assets }) => readProfile(assets),
    'crm-history': readHistory,
    'books-entries': readEntries,
    'card-history': readCardHistory,
    'help-desk-history': readTicketHistory,
    'people-team': ({ assets }) => readTeam(assets),
    'people-step': readStep,
  },
  lists: {
    'crm/open-leads': listOpenLeads,
    'crm/open-conversations': listOpenConversations,
    'people/due-steps': listDueSteps,
  },
};
