import { readFileSync } from 'node:fs';

export const SUPPORT = 'support-triage';
export const SUPPORT_LEAD = 'support-lead@remit.example';

/** A sample ticket, with an address of its own: a reply to one customer changes what is known of that one alone. */
export function sampleTicket(sample: string, who: string): Record<string, string> {
  const ticket = JSON.parse(readFileSync(`agents/support-triage/samples/${sample}.json`, 'utf8'));
  return { ...ticket, ticketId: `T-${who}`, name: who, email: `${who.toLowerCase()}@customer.example` };
}
