import * as z from 'zod';
import {
  ActionMode,
  Case,
  CaseId,
  Cursor,
  DueTurn,
  Json,
  KeptMail,
  Note,
  Outcome,
  Settings,
  Slug,
  TurnResult,
  Versions,
} from '../contracts/index.ts';

/**
 * What the steps of a case hand to each other. Whatever is personal stays in the store: what passes through a state machine,
 * see `CaseRun`, is kept for 90 days after its end, and nobody can take it out.
 */

/**
 * Why a case that is known is started once more.
 * - `hand-back`: a person told the agents something; they try again.
 * - `take-back`: what these actions did is to be taken back.
 * - `carry-out`: after that, the actions of the right decision are performed, which somebody gave in overturning.
 */
export const Resume = z.object({
  kind: z.enum(['hand-back', 'take-back', 'carry-out']),
  /** The answered request or the overturning, where it stands by whom and why; part of the name of the execution. */
  ref: z.string().default(''),
  actionIds: z.array(z.string()),
});
export type Resume = z.infer<typeof Resume>;

/** A turn that is due, without what its agent is handed. */
export const TurnRef = DueTurn.pick({ agent: true, purpose: true });
export type TurnRef = z.infer<typeof TurnRef>;

/** What every step of an execution is told of its case, and nothing of what the case is about. */
export const CaseRef = z.object({
  caseId: CaseId,
  workflow: Slug,
  openedAtMs: z.int(),
  /** How many notes of people the agents know in this execution. */
  told: z.int().min(0),
  /** The turns by which a run of the agents begins. */
  first: z.array(TurnRef),
  /** Why this execution was started once more; null for the first one of a case. */
  resumed: Resume.shape.kind.nullable(),
});
export type CaseRef = z.infer<typeof CaseRef>;

/** A step that failed. `problem`: the name of its error; what else is known of it is kept with the case. */
export const Failure = z.object({ step: z.string(), problem: z.string() });
export type Failure = z.infer<typeof Failure>;

/** How an execution of the machine `case` begins. */
export const CaseRun = z.object({
  pinned: CaseRef,
  cursor: Cursor,
  round: z.int().min(1),
  turns: z.array(TurnRef),
  /** Set when an earlier execution of this case failed as a whole: go straight to a person. */
  failure: Failure.nullable(),
  resume: Resume.nullable(),
});
export type CaseRun = z.infer<typeof CaseRun>;

/** What a case is opened with. */
export const CaseStart = z.object({
  caseId: CaseId,
  workflow: Slug,
  trigger: Slug,
  eventId: z.string(),
  receivedAt: z.string(),
  input: Json,
  problems: z.array(z.string()),
  causedBy: Case.shape.causedBy,
  /** Where the mail that brought it is kept; not there where none did. */
  mail: KeptMail.optional(),
});
export type CaseStart = z.infer<typeof CaseStart>;

/** What was read once when the case opened and holds until it closes. */
export const Pinned = CaseRef.extend({
  input: Json,
  problems: z.array(z.string()),
  settings: Settings,
  versions: Versions,
  /** What people told the agents, oldest first. */
  notes: z.array(Note).default([]),
});
export type Pinned = z.infer<typeof Pinned>;

/** A case as it was opened, with the turns that are due. */
export interface Opened {
  readonly pinned: Pinned;
  readonly cursor: Cursor;
  readonly round: number;
  readonly turns: DueTurn[];
}

/** What came back from the agents, or from a person, to be judged. */
export const Advance = z.object({
  pinned: Pinned,
  cursor: Cursor,
  round: z.int().min(1),
  turns: z.array(TurnResult),
  /** The answered request that decides this round; null in a round of agents. */
  requestId: z.string().nullable().default(null),
  failure: Failure.nullable().default(null),
  resume: Resume.nullable().default(null),
  /** The execution that the next turns are run by; part of where they find what they are handed. */
  run: z.string().optional(),
});
export type Advance = z.infer<typeof Advance>;

/**
 * What the end of a case needs to know of its head, where one round of agents was all: with it the case need not be read
 * again. Only as long as nobody else has written anything since.
 */
export const Ending = z.object({ cursor: Cursor, costUsd: z.number().min(0) });
export type Ending = z.infer<typeof Ending>;

export const Advanced = z.object({
  next: z.enum(['ask', 'review', 'act', 'agents', 'close']),
  /** Due where the agents go on, or are asked once more. */
  turns: z.array(DueTurn).default([]),
  notes: z.array(Note).default([]),
  cursor: Cursor,
  round: z.int(),
  actions: z.array(z.object({ actionId: z.string(), mode: ActionMode })),
  outcome: Outcome.nullable(),
  ending: Ending.nullable(),
});
export type Advanced = z.infer<typeof Advanced>;

export const ActionOutcome = z.object({
  actionId: z.string(),
  state: z.enum(['done', 'refused', 'unsure', 'taken-back']),
  /** Where the ledger stood afterwards, and how many of its entries this run of the step wrote; left out if not known. */
  wrote: z.object({ cursor: Cursor, entries: z.int() }).optional(),
  /** The outcome of the case, where the write that noted the action as done closed it too. */
  ended: Outcome.optional(),
});
export type ActionOutcome = z.infer<typeof ActionOutcome>;

export const AskedRequest = z.object({
  requestId: z.string(),
  /** Whole seconds from now. */
  remindInSeconds: z.int().min(1),
  /** Whole seconds from the reminder to the deadline. */
  expireInSeconds: z.int().min(1),
});
export type AskedRequest = z.infer<typeof AskedRequest>;

export const Settled = z.object({
  requestId: z.string(),
  state: z.enum(['answered', 'expired', 'cancelled']),
  verb: z.string().nullable(),
});
export type Settled = z.infer<typeof Settled>;
