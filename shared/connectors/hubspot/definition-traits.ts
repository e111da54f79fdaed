import { HTTP_FAILURES } from '../../authoring/index.ts';

/** What all connectors to HubSpot have in common. Its search takes 5 calls a second, all else 100 in 10 seconds. */
export const HUBSPOT = {
  secret: 'hubspot',
  hosts: ['api.hubapi.com'],
  timeoutMs: 10_000,
  rate: { calls: 50, perMs: 10_000 },
  // 423: a record is locked for a moment. 477: the account is being moved.
  failures: { ...HTTP_FAILURES, passing: [429, 423, 477] },
} as const;

export const HUBSPOT_SEARCH = { ...HUBSPOT, rate: { calls: 4, perMs: 1_000 } } as const;

/** An id that HubSpot gave, or its stand-in. */
export const HUBSPOT_ID = /^(?:\d+|sandbox-[a-z0-9-]+)$/;
