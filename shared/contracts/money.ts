import * as z from 'zod';

/** An amount in minor units (cents), so that no digest hangs on how a fraction is written. */
export const Money = z.object({
  minor: z.int(),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency has three capital letters'),
});
export type Money = z.infer<typeof Money>;
