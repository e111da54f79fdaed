import * as z from 'zod';
import type { SourceConnector } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { bodyOf, callToRead } from '../http/call.ts';
import type { SourceImplementation, SourcePorts, SourceSystem } from '../implementation.ts';
import { hubspotCall } from './api.ts';
import { contactOnFile, dealsOnFile } from './on-file.ts';

export const system: SourceSystem = { sources: { contact, deals } };

const CONTACT_PROPERTIES = ['firstname', 'lastname', 'company', 'jobtitle', 'lifecyclestage', 'notes_last_contacted'];
const DEAL_PROPERTIES = ['dealname', 'dealstage', 'amount'];
const MOST_DEALS = 10;

function contact(ports: SourcePorts, connector: SourceConnector): SourceImplementation {
  return async (args) => {
    const secret = await ports.secrets.read('hubspot');
    if (secret === null) return contactOnFile(ports.sandbox, String(args['email']));
    const { results } = await search(ports, connector, secret, 'contacts', {
      ...condition('email', args['email']),
      ...{ properties: CONTACT_PROPERTIES, limit: 1 },
    });
    const [first] = results;
    const { firstname, lastname, company, jobtitle, lifecyclestage, notes_last_contacted } = first?.properties ?? {};
    const name = [firstname, lastname].filter((part) => part !== undefined && part !== null && part !== '').join(' ');
    return {
      ...{ found: first !== undefined, contactId: first?.id ?? null, name: name === '' ? null : name },
      ...{ company: company ?? null, title: jobtitle ?? null, stage: lifecyclestage ?? null },
      lastContactedAt: notes_last_contacted ?? null,
    };
  };
}

function deals(ports: SourcePorts, connector: SourceConnector): SourceImplementation {
  return async (args) => {
    const secret = await ports.secrets.read('hubspot');
    if (secret === null) return dealsOnFile(ports.sandbox, String(args['contactId']));
    const { total, results } = await search(ports, connector, secret, 'deals', {
      ...condition('associations.contact', args['contactId']),
      sorts: [{ propertyName: 'createdate', direction: 'DESCENDING' }],
      ...{ properties: DEAL_PROPERTIES, limit: MOST_DEALS },
    });
    return {
      total,
      deals: results.map(({ id, properties: { dealname, dealstage, amount } }) => ({
        ...{ dealId: id, name: dealname ?? null, stage: dealstage ?? null, amount: amount ?? null },
      })),
    };
  };
}

function condition(propertyName: string, value: unknown): JsonObject {
  return { filterGroups: [{ filters: [{ propertyName, operator: 'EQ', value: String(value) }] }] };
}

async function search(
  ports: SourcePorts,
  connector: SourceConnector,
  secret: Readonly<Record<string, string>>,
  kind: string,
  query: JsonObject,
): Promise<z.infer<typeof Found>> {
  return bodyOf(Found, await callToRead(ports, connector, hubspotCall(secret, 'POST', `${kind}/search`, query)));
}

const Found = z.object({
  total: z.int(),
  results: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()) })),
});
