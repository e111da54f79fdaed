import * as z from 'zod';
import { actionEvents } from './events/action-events.ts';
import { caseEvents } from './events/case-events.ts';
import { erasureEvents } from './events/erasure-events.ts';
import { governanceEvents } from './events/governance-events.ts';
import { requestEvents } from './events/request-events.ts';
import { CaseId } from './ids.ts';

/** What can happen in a case: past facts, noun then past verb. */
export const CaseEvent = z.discriminatedUnion('type', [
  ...caseEvents,
  ...requestEvents,
  ...actionEvents,
  ...governanceEvents,
  ...erasureEvents,
]);
export type CaseEvent = z.infer<typeof CaseEvent>;

/**
 * What keeps the parts of an event from being guessed by their digests; see domain/salted-tree.ts. Text: the salt of this
 * part, from which those of its parts derive. `members`: it stands open, and each of its parts has its own. `erased`: it
 * was taken away, and this is its digest.
 */
export type SaltTree = string | { members: Record<string, SaltTree> } | { erased: string };
export const SaltTree: z.ZodType<SaltTree> = z.lazy(() =>
  z.union([
    z.string().regex(/^[0-9a-f]{32}$/),
    z.strictObject({ members: z.record(z.string(), SaltTree) }),
    z.strictObject({ erased: z.string().regex(/^[0-9a-f]{64}$/) }),
  ]),
);

/**
 * An event in its place in the chain: `hash` is SHA-256 over canonical JSON of everything else, `previousHash` included.
 * The event stands in it by its salted digest, so that parts of it can be erased; in ledgers of earlier versions, which
 * have no `salts`, as it is.
 */
export const LedgerEntry = z.object({
  caseId: CaseId,
  seq: z.int().min(1),
  atMs: z.int(),
  event: CaseEvent,
  salts: SaltTree.optional(),
  previousHash: z.string(),
  hash: z.string(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Where the chain stands: sequence number and hash of its newest entry; 0 and zeros before the first. */
export const Cursor = z.object({ seq: z.int().min(0), hash: z.string() });
export type Cursor = z.infer<typeof Cursor>;
