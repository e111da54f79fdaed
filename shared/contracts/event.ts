import * as z from 'zod';
import { actionEvents } from './events/action-events.ts';
import { caseEvents } from './events/case-events.ts';
import { governanceEvents } from './events/governance-events.ts';
import { requestEvents } from './events/request-events.ts';
import { CaseId } from './ids.ts';

/** What can happen in a case: past facts, noun then past verb. */
export const CaseEvent = z.discriminatedUnion('type', [
  ...caseEvents,
  ...requestEvents,
  ...actionEvents,
  ...governanceEvents,
]);
export type CaseEvent = z.infer<typeof CaseEvent>;

/** An event in its place in the chain: `hash` is SHA-256 over canonical JSON of everything else, `previousHash` included. */
export const LedgerEntry = z.object({
  caseId: CaseId,
  seq: z.int().min(1),
  atMs: z.int(),
  event: CaseEvent,
  previousHash: z.string(),
  hash: z.string(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Where the chain stands: sequence number and hash of its newest entry; 0 and zeros before the first. */
export const Cursor = z.object({ seq: z.int().min(0), hash: z.string() });
export type Cursor = z.infer<typeof Cursor>;
