import * as z from 'zod';
import { Proof } from '../request.ts';

/** What was taken out of a case, by whose wish; nothing of it stands here. */
export const erasureEvents = [
  z.object({
    type: z.literal('subject-erased'),
    /** Who asked for it; `remit` where its time was over. */
    by: z.string(),
    proof: Proof.nullable(),
    reason: z.string(),
    because: z.enum(['asked', 'retention']),
    /** Fields of the input that tell who somebody is, by dotted path. */
    fields: z.array(z.string()),
    /** How much was taken away, by place. */
    counts: z.record(z.string(), z.int().min(0)),
  }),
] as const;
