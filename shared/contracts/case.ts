import * as z from 'zod';
import { Reading, Usage } from './decision.ts';
import { CaseId, Slug } from './ids.ts';
import { Json, JsonObject } from './json.ts';
import { Settings } from './settings.ts';
import { Verdict } from './verdict.ts';
import { Versions } from './versions.ts';

export const CaseState = z.enum(['open', 'waiting', 'closed']);
/** `waiting`: a person has been asked. */
export type CaseState = z.infer<typeof CaseState>;

export const Outcome = z.enum(['done', 'refused', 'expired', 'reviewed', 'nothing-to-do', 'left-to-person']);
export type Outcome = z.infer<typeof Outcome>;

/** The head of a case: what lists and pages show, and where its ledger stands. */
export const Case = z.object({
  id: CaseId,
  workflow: Slug,
  trigger: Slug,
  eventId: z.string(),
  input: Json,
  /** Why the trigger does not fit the workflow's schema; empty when it does. */
  problems: z.array(z.string()),
  state: CaseState,
  outcome: Outcome.nullable(),
  settings: Settings,
  versions: Versions,
  decision: JsonObject.nullable(),
  confidence: z.number().nullable(),
  decidedBy: z.string().nullable(),
  verdict: Verdict.nullable(),
  readings: z.array(Reading),
  round: z.int().min(0),
  personAsked: z.boolean(),
  usage: Usage,
  openedAtMs: z.int(),
  closedAtMs: z.int().nullable(),
  ledger: z.object({ seq: z.int(), hash: z.string() }),
});
export type Case = z.infer<typeof Case>;
