import * as z from 'zod';
import { CaseId, Slug } from './ids.ts';
import { JsonObject } from './json.ts';

/** What a person made of a case, as a labelled example: the form of agents/<workflow>/examples.jsonl, and where it is from. */
export const Example = z.object({
  id: z.string(),
  workflow: Slug,
  input: z.object({ input: JsonObject, sources: z.record(Slug, JsonObject) }),
  /** The right values of what the agents judge. */
  expected: JsonObject,
  note: z.string(),
  provenance: z.object({
    caseId: CaseId,
    /** The request that was answered, or the overturning. */
    ref: z.string(),
    how: z.enum(['decided', 'reviewed', 'overturned', 'spot-checked']),
    by: z.string(),
    atMs: z.int(),
    reason: z.string(),
    /** The decision as it was, and as the person has it; of an item, what was said of it, and what is right. */
    before: JsonObject.nullable(),
    after: JsonObject,
    /** Digest of the workflow's version that decided. */
    version: z.string(),
  }),
});
export type Example = z.infer<typeof Example>;
