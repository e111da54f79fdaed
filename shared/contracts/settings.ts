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

/** The trigger of a workflow's governance case, whose ledger keeps every change of its limits. No trigger may bear it. */
export const GOVERNANCE_TRIGGER = 'governance';

/** Below it lies what was measured on the stack itself. */
export const EVALUATIONS_PATH = '/api/evaluations/';

/**
 * What a measured evaluation of one version showed for one segment. Where it passes the workflow's gates, the segment
 * keeps its phase under that version; without it, a new version begins in shadow.
 */
export const EvaluationEvidence = z.object({
  /** Digest of the workflow's version that was evaluated. */
  version: z.string().min(1),
  /** Segment id, or `all` for cases of no segment. */
  segment: Slug,
  decisions: z.int().min(0),
  /** Of these decisions, those that were right. */
  agreed: z.int().min(0),
  /** Of these decisions, those that failed or were degraded. */
  failed: z.int().min(0),
  evaluatedAtMs: z.int(),
  /** Where the report can be found: a path, address or digest. */
  report: z.string().min(1).max(500),
  /** SHA-256 of the report: as the stack keeps it, or of report.json where it was measured on a machine. None for an old one. */
  reportDigest: z.string().max(200).optional(),
  /** Of the examples and labels that were scored, as the report names it. None for an old one. */
  setDigest: z.string().max(200).optional(),
});
export type EvaluationEvidence = z.infer<typeof EvaluationEvidence>;

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
  /** By segment id or `all`: the workflow's version under which the phase was given. None for a phase of the deploy. */
  earnedUnder: z.record(Slug, z.string()).default({}),
  /** By segment id or `all`: since when the phase holds. What was decided before proves nothing for the next change. */
  phaseSinceMs: z.record(Slug, z.int()).default({}),
  /** `restart`: what was given under another version begins in shadow. `keep`: an owner answers for keeping it. */
  versionPolicy: z.enum(['restart', 'keep']).default('restart'),
  evaluations: z.array(EvaluationEvidence).default([]),
});
export type Settings = z.infer<typeof Settings>;
