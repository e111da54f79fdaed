import type { JsonObject } from '../contracts/index.ts';
import type { Assets, Clock, Connectors, Mailer } from '../ports/index.ts';
import type { ActionImplementation, SourceImplementation } from './implementation.ts';
import { sendByMailer } from './mail/send.ts';
import { postLine } from './sandbox/channel.ts';
import { addToMailingList, createRecord, listOpenLeads, readHistory } from './sandbox/crm.ts';
import { readCompany, readProfile } from './sandbox/directory.ts';
import type { SandboxStore } from './sandbox/store.ts';

export interface ConnectorPorts {
  readonly sandbox: SandboxStore;
  readonly mailer: Mailer;
  readonly assets: Assets;
  readonly clock: Clock;
}

/** What each connector does, by the id of its definition. */
export function bindConnectors(ports: ConnectorPorts): Connectors {
  const sources: Readonly<Record<string, SourceImplementation>> = {
    'sandbox.company-directory': readCompany(ports.assets),
    'sandbox.professional-profile': readProfile(ports.assets),
    'sandbox.crm-history': readHistory(ports),
  };
  const actions: Readonly<Record<string, ActionImplementation>> = {
    'mail.send': sendByMailer(ports.mailer),
    'sandbox.channel-post': postLine(ports),
    'sandbox.crm-create-record': createRecord(ports),
    'sandbox.crm-add-to-list': addToMailingList(ports),
  };
  const lists: Readonly<Record<string, () => Promise<readonly JsonObject[]>>> = {
    'sandbox.crm/open-leads': listOpenLeads(ports),
  };
  return {
    read: async (id, args, context) => found(sources, id)(args, context),
    perform: async (id, args, context) => found(actions, id)(args, context),
    list: async (id, list) => found(lists, `${id}/${list}`)(),
  };
}

function found<T>(table: Readonly<Record<string, T>>, id: string): T {
  const implementation = table[id];
  if (implementation === undefined) throw new Error(`There is no connector ${id}`);
  return implementation;
}
