import { readFileSync } from 'node:fs';

/** The name of a sample of the lead workflow, e.g. `hot-lead`. */
export type Sample =
  | 'hot-lead'
  | 'warm-lead'
  | 'cold-lead'
  | 'borderline-lead'
  | 'enterprise-lead'
  | 'competitor-lead'
  | 'urgent-lead'
  | 'unknown-company'
  | 'injection'
  | 'broken';

export interface LeadForm {
  readonly name: string;
  readonly email: string;
  readonly company: string;
  readonly title: string;
  readonly message: string;
}

/** A sample trigger, as a visitor would try it out. */
export function sampleLead(sample: Sample): LeadForm {
  return JSON.parse(readFileSync(`agents/lead-qualification/samples/${sample}.json`, 'utf8'));
}

/**
 * The hot lead of somebody else of that company, with an address of their own: what is done for one changes no fact that
 * a question about another rests on.
 */
export function hotLead(name: string): LeadForm {
  const lead = sampleLead('hot-lead');
  return { ...lead, name, email: lead.email.replace('@', `+${name.split(' ')[0]?.toLowerCase()}@`) };
}

export const WORKFLOW = 'lead-qualification';
export const APPROVER = 'sales-lead@remit.example';
export const DEPUTY = 'sales-deputy@remit.example';
