import type { JsonObject } from '../../contracts/index.ts';
import type { SandboxStore } from '../sandbox/store.ts';

/** Records that the stand-in of HubSpot keeps, by kind. */
export const CONTACTS = 'hubspot-contact';
export const DEALS = 'hubspot-deal-of';

/** A contact of the stand-in, in the form of the real one. */
export async function contactOnFile(sandbox: SandboxStore, email: string): Promise<JsonObject> {
  const record = await sandbox.record(CONTACTS, email.toLowerCase());
  const { recordId = null, name = null, company = null, title = null, stage = null } = record ?? {};
  return { found: record !== null, contactId: recordId, name, company, title, stage, lastContactedAt: null };
}

/** The newest deal of a contact: the stand-in keeps no more. */
export async function dealsOnFile(sandbox: SandboxStore, contactId: string): Promise<JsonObject> {
  const record = await sandbox.record(DEALS, contactId);
  if (record === null) return { total: 0, deals: [] };
  const { recordId = null, name = null, stage = null, amount = null } = record;
  return { total: 1, deals: [{ dealId: recordId, name, stage, amount }] };
}
