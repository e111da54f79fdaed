import * as z from 'zod';
import { CaseId, Slug } from './ids.ts';
import { Json } from './json.ts';

/** What lies on the intake queue: one thing that happened and that a workflow wants to know of. */
export const Trigger = z.object({
  workflow: Slug,
  /** Id of the trigger within the workflow, e.g. `contact-form`. */
  trigger: Slug,
  /** Unique per event at its origin: webhook id, event id, or scheduled time. */
  eventId: z.string().min(1).max(512),
  receivedAt: z.iso.datetime({ offset: true }),
  body: Json,
  /** The action of another case that made this happen. */
  causedBy: z.object({ caseId: CaseId, actionId: z.string() }).optional(),
});
export type Trigger = z.infer<typeof Trigger>;
