import type { ActionSystem } from './implementation.ts';

/**
 * Every system that can be acted on, by the first part of its connectors' ids, loaded when it is first used. The build keeps
 * those that workflows use.
 */
export const ACTION_SYSTEMS: Readonly<Record<string, () => Promise<ActionSystem>>> = {
  events: async () => (await import('./events/actions.ts')).system,
  http: async () => (await import('./http/actions.ts')).system,
  hubspot: async () => (await import('./hubspot/actions.ts')).system,
  mail: async () => (await import('./mail/actions.ts')).system,
  mcp: async () => (await import('./mcp/actions.ts')).system,
  s3: async () => (await import('./s3/actions.ts')).system,
  sandbox: async () => (await import('./sandbox/actions.ts')).system,
  slack: async () => (await import('./slack/actions.ts')).system,
};
