import * as z from 'zod';
import { Slug } from './ids.ts';

/** What an action adds to one counter of a cap, and holds there until it is certain that it did not happen. */
export const Counted = z.object({
  cap: Slug,
  /** The day (UTC) that it counts in; null for a counter of its case. */
  day: z.iso.date().nullable(),
  amount: z.int().min(0),
});
export type Counted = z.infer<typeof Counted>;

/** What is added to a counter, and the most that the counter may come to by it. */
export type CapCount = Counted & { readonly limit: number };

/** Where counters stand, by cap id; one that was never added to is not there. */
export type CapTotals = Readonly<Record<string, number>>;
