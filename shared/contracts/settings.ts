import * as z from 'zod';
import { Slug } from './ids.ts';

export const Phase = z.enum(['shadow', 'partial', 'full']);
/** How much a workflow may do on its own. */
export type Phase = z.infer<typeof Phase>;

export const Tier = z.enum(['autonomous', 'notify', 'approve']);
/** How much say people have in one action. */
export type Tier = z.infer<typeof Tier>;

/** Stands for all workflows where settings are meant: the one switch that stops everything. No workflow may bear it. */
export const ALL_WORKFLOWS = 'all';

/** What an owner may change without a deploy. Read once per case and pinned for it. */
export const Settings = z.object({
  workflow: Slug,
  /** 0 when nobody has changed anything since the deploy: the workflow's own defaults hold. */
  revision: z.int().min(0),
  /** Of every segment that `segments` does not name. */
  phase: Phase,
  /** Kill switch: no new effect while true; people may go on by hand. */
  paused: z.boolean(),
  /** Decisions below this calibrated confidence go to a person (0..1). */
  minimumConfidence: z.number().min(0).max(1),
  /** By segment id. */
  segments: z.record(Slug, Phase).default({}),
  /** Share (0..1) of the cases of a segment in phase partial that are treated so; the others stay in shadow. */
  partialShare: z.number().min(0).max(1).default(1),
  /** Limits by cap id, in place of those that the workflow declares. */
  caps: z.record(Slug, z.number().min(0)).default({}),
  /** By segment id, or `all` for cases of no segment: no promotion is proposed before then. */
  coolDownUntilMs: z.record(Slug, z.int()).default({}),
});
export type Settings = z.infer<typeof Settings>;
