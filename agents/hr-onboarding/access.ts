import * as z from 'zod';

/** Systems that somebody owns and lets people into; mail, chat and the handbook are for everybody. */
export const System = z.enum([
  'source-code',
  'production',
  'warehouse',
  'crm',
  'help-desk',
  'ledger',
  'people-records',
  'design-library',
]);
export type System = z.infer<typeof System>;

/** Whose daily tools a job needs. */
export const Profile = z.enum([
  'engineering',
  'data',
  'support',
  'sales',
  'marketing',
  'finance',
  'people',
  'design',
  'basic',
]);
export type Profile = z.infer<typeof Profile>;

const OF_PROFILE: Readonly<Record<Profile, readonly System[]>> = {
  engineering: ['source-code'],
  data: ['source-code', 'warehouse'],
  support: ['help-desk', 'crm'],
  sales: ['crm'],
  marketing: ['crm', 'design-library'],
  finance: ['ledger'],
  people: ['people-records'],
  design: ['design-library'],
  basic: [],
};

/** The least that the job needs. Who asks for more is asked about. */
export function systemsFor(profile: Profile, needsProduction: boolean): System[] {
  return [...OF_PROFILE[profile], ...(needsProduction ? (['production'] as const) : [])];
}

/** Who may say yes to each, and the words in which notes speak of it. */
export const SYSTEMS: Readonly<
  Record<System, { readonly title: string; readonly owner: string; readonly said: RegExp }>
> = {
  'source-code': {
    ...{ title: 'source code', owner: 'code-owner@remit.example' },
    said: /\b(git|github|gitlab|repo(s|sitory|sitories)?|source code|code ?base|quellcode)\b/i,
  },
  production: {
    ...{ title: 'live systems', owner: 'production-owner@remit.example' },
    said: /\b(production access|prod access|access to prod\w*|live systems?|root access|on[- ]call|produktivsystem\w*)\b/i,
  },
  warehouse: {
    ...{ title: 'data warehouse', owner: 'warehouse-owner@remit.example' },
    said: /\b(warehouse access|data warehouse|snowflake|bigquery|datawarehouse)\b/i,
  },
  crm: {
    ...{ title: 'CRM', owner: 'crm-owner@remit.example' },
    said: /\b(crm|hubspot|salesforce|pipedrive)\b/i,
  },
  'help-desk': {
    ...{ title: 'help desk', owner: 'help-desk-owner@remit.example' },
    said: /\b(help ?desk (seat|access|licen[cs]e)|zendesk|intercom|freshdesk)\b/i,
  },
  ledger: {
    ...{ title: 'ledger', owner: 'ledger-owner@remit.example' },
    said: /\b(ledger|datev|netsuite|xero|accounting (tool|system|software)|buchhaltungssystem)\b/i,
  },
  'people-records': {
    ...{ title: 'people records', owner: 'people-owner@remit.example' },
    said: /\b(personnel files?|people records|hr (files|records|system|data)|personalakten?|salary data)\b/i,
  },
  'design-library': {
    ...{ title: 'design library', owner: 'design-owner@remit.example' },
    said: /\b(figma|design (library|system|files)|sketch licen[cs]e|adobe|creative cloud)\b/i,
  },
};

/** Systems that a note names, whoever it thinks should have them. */
export function systemsNamed(text: string): System[] {
  return System.options.filter((system) => SYSTEMS[system].said.test(text));
}
