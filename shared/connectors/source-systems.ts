import type { SourceSystem } from './implementation.ts';

/**
 * Every system that can be read, by the first part of its connectors' ids, loaded when it is first used. The build keeps
 * those that workflows use.
 */
export const SOURCE_SYSTEMS: Readonly<Record<string, () => Promise<SourceSystem>>> = {
  csv: async () => (await import('./csv/sources.ts')).system,
  http: async () => (await import('./http/sources.ts')).system,
  hubspot: async () => (await import('./hubspot/sources.ts')).system,
  'knowledge-base': async () => (await import('./knowledge-base/sources.ts')).system,
  mcp: async () => (await import('./mcp/sources.ts')).system,
  s3: async () => (await import('./s3/sources.ts')).system,
  sandbox: async () => (await import('./sandbox/sources.ts')).system,
  search: async () => (await import('./search/sources.ts')).system,
};
