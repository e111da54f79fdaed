import * as z from 'zod';
import { CaseId, Slug } from './ids.ts';

/** Cases that are kept under one key of a history: the newest ones. */
export const MOST_CONFIRMED = 50;

/** What people have confirmed or corrected in one case, as it stands under each key of the history that the case falls under. */
export const ConfirmedCase = z.object({
  caseId: CaseId,
  /** A digest of who said it last: it tells people apart, and names nobody. */
  by: z.string(),
  atMs: z.int(),
  /** The right value of each field that has a history; `null` where no value is right. */
  labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Of these, the fields in which the agents had it otherwise, or had it only because the same person had put it right. */
  corrected: z.array(z.string()),
});
export type ConfirmedCase = z.infer<typeof ConfirmedCase>;

/** Where a case stands in histories, so that it is found again when it has to be changed or taken out. */
export const Lesson = z.object({
  caseId: CaseId,
  workflow: Slug,
  /** Digests of keys; none where nothing of it counts any more. */
  keys: z.array(z.string()),
  /** Goes up with each change: a write that knows an older one is refused. */
  revision: z.int().min(0),
});
export type Lesson = z.infer<typeof Lesson>;
