import * as z from 'zod';
import { Slug } from './ids.ts';

export const Phase = z.enum(['shadow', 'partial', 'full']);
/** How much a workflow may do on its own. */
export type Phase = z.infer<typeof Phase>;

export const Tier = z.enum(['autonomous', 'notify', 'approve']);
/** How much say people have in one action. */
export type Tier = z.infer<typeof Tier>;

/** What an owner may change without a deploy. Read once per case and pinned for it. */
export const Settings = z.object({
  workflow: Slug,
  /** 0 when nobody has changed anything since the deploy: the workflow's own defaults hold. */
  revision: z.int().min(0),
  phase: Phase,
  /** Kill switch: no new effect while true; people may go on by hand. */
  paused: z.boolean(),
  /** Decisions below this calibrated confidence go to a person (0..1). */
  minimumConfidence: z.number().min(0).max(1),
});
export type Settings = z.infer<typeof Settings>;
