import * as z from 'zod';
import { FieldOrigin, Reading, Usage } from './decision.ts';
import { CaseId, Slug } from './ids.ts';
import { Json, JsonObject } from './json.ts';
import { Phase, Settings } from './settings.ts';
import { Verdict } from './verdict.ts';
import { Versions } from './versions.ts';

export const CaseState = z.enum(['open', 'waiting', 'closed']);
/** `waiting`: a person has been asked. */
export type CaseState = z.infer<typeof CaseState>;

export const Outcome = z.enum([
  'done',
  'refused',
  'expired',
  'reviewed',
  'nothing-to-do',
  'left-to-person',
  'undone',
  'overturned',
]);
export type Outcome = z.infer<typeof Outcome>;

/** What a person told the agents about a case, as a fact from somebody with a name. */
export const Note = z.object({ by: z.string(), atMs: z.int(), text: z.string() });
export type Note = z.infer<typeof Note>;

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
  /** Which agent each field of the judgement comes from; none where a person decided. */
  origins: z.array(FieldOrigin).optional(),
  round: z.int().min(0),
  personAsked: z.boolean(),
  usage: Usage,
  openedAtMs: z.int(),
  closedAtMs: z.int().nullable(),
  /** The first of the workflow's segments whose condition the decision meets; null for none. */
  segment: Slug.nullable().default(null),
  /** The phase that the case is treated in; null until it is judged. */
  phase: Phase.nullable().default(null),
  notes: z.array(Note).default([]),
  /** Who wants it, where that is a person of the team: they may not approve it. */
  requestedBy: z.string().nullable().default(null),
  /** The action of another case that triggered this one. */
  causedBy: z.object({ caseId: CaseId, actionId: z.string() }).nullable().default(null),
  /** It was closed, and is open again only until something is taken back or carried out. */
  reopened: z.boolean().default(false),
  /** When what is personal was taken out of it; not there before. Nothing more is done in it from then on. */
  erasedAtMs: z.int().optional(),
  ledger: z.object({ seq: z.int(), hash: z.string() }),
});
export type Case = z.infer<typeof Case>;
