import type { JsonObject } from '../contracts/index.ts';
import type { Assets, Clock, Effects, Mailer, Sources } from '../ports/index.ts';
import type { ActionImplementation, SourceImplementation } from './implementation.ts';
import { sendByMailer } from './mail/send.ts';
import { book, counter, readCardHistory, readEntries } from './sandbox/books.ts';
import { cardActions } from './sandbox/cards.ts';
import { postLine } from './sandbox/channel.ts';
import { addToMailingList, createRecord, listOpenLeads, readHistory, removeFromMailingList } from './sandbox/crm.ts';
import { readCompany, readProfile } from './sandbox/directory.ts';
import type { SandboxStore } from './sandbox/store.ts';

/** What each source connector reads, by the id of its definition. */
export function bindSources(ports: { sandbox: SandboxStore; assets: Assets; clock: Clock }): Sources {
  const sources: Readonly<Record<string, SourceImplementation>> = {
    'sandbox.company-directory': readCompany(ports.assets),
    'sandbox.professional-profile': readProfile(ports.assets),
    'sandbox.crm-history': readHistory(ports),
    'sandbox.books-entries': readEntries(ports),
    'sandbox.card-history': readCardHistory(ports),
  };
  const lists: Readonly<Record<string, () => Promise<readonly JsonObject[]>>> = {
    'sandbox.crm/open-leads': listOpenLeads(ports),
  };
  return {
    read: async (id, args, context) => found(sources, id)(args, context),
    list: async (id, list) => found(lists, `${id}/${list}`)(),
  };
}

/** What each action connector does, by the id of its definition. */
export function bindEffects(ports: { sandbox: SandboxStore; mailer: Mailer; clock: Clock }): Effects {
  const actions: Readonly<Record<string, ActionImplementation>> = {
    'mail.send': sendByMailer(ports.mailer),
    'sandbox.channel-post': postLine(ports),
    'sandbox.crm-create-record': createRecord(ports),
    'sandbox.crm-add-to-list': addToMailingList(ports),
    'sandbox.crm-remove-from-list': removeFromMailingList(ports),
    'sandbox.books-entry': book(ports),
    'sandbox.books-counter-entry': counter(ports),
    ...cardActions(ports),
  };
  return { perform: async (id, args, context) => found(actions, id)(args, context) };
}

function found<T>(table: Readonly<Record<string, T>>, id: string): T {
  const implementation = Object.hasOwn(table, id) ? table[id] : undefined;
  if (implementation === undefined) throw new Error(`There is no connector ${id}`);
  return implementation;
}
