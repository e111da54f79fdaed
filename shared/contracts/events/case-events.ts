import * as z from 'zod';
import { Action } from '../action.ts';
import { DueTurn, FieldOrigin, TurnResult, VoteCount } from '../decision.ts';
import { KeptMail } from '../inbound.ts';
import { Json, JsonObject } from '../json.ts';
import { Answer, Proof } from '../request.ts';
import { Phase, Settings } from '../settings.ts';
import { Verdict } from '../verdict.ts';
import { Versions } from '../versions.ts';

/** What happens to a case as a whole. */
export const caseEvents = [
  z.object({
    type: z.literal('case-opened'),
    workflow: z.string(),
    trigger: z.string(),
    eventId: z.string(),
    input: Json,
    problems: z.array(z.string()),
    settings: Settings,
    versions: Versions,
    /** Where the mail that brought it is kept, whole, for some weeks. */
    mail: KeptMail.optional(),
  }),
  z.object({ type: z.literal('turn-finished'), round: z.int(), turn: TurnResult }),
  /** The members of a panel have answered, in this round. */
  z.object({ type: z.literal('votes-counted'), round: z.int(), count: VoteCount }),
  /** The agents go on: who is next, and what is handed to them. */
  z.object({ type: z.literal('turns-planned'), round: z.int(), turns: z.array(DueTurn) }),
  z.object({
    type: z.literal('decision-made'),
    round: z.int(),
    by: z.string(),
    decision: JsonObject.nullable(),
    confidence: z.number(),
    verdict: Verdict,
    actions: z.array(Action),
    segment: z.string().nullable().default(null),
    phase: Phase.nullable().default(null),
    /** Fields of what the agents judged, where agents decided. */
    origins: z.array(FieldOrigin).optional(),
    /** What the round goes back to: `agents`, the request that was answered, or `take-back:` or `carry-out:` and by what. */
    occasion: z.string().nullable().default(null),
  }),
  z.object({ type: z.literal('step-failed'), step: z.string(), problem: z.string() }),
  /** A person gave it back to the agents with a fact. */
  z.object({ type: z.literal('case-handed-back'), requestId: z.string(), by: z.string(), text: z.string() }),
  /** After its end: to take something back, or to carry out the right decision. */
  z.object({ type: z.literal('case-reopened'), by: z.string(), because: z.string() }),
  z.object({
    type: z.literal('case-closed'),
    outcome: z.string(),
    costUsd: z.number(),
    tookMs: z.number(),
    personAsked: z.boolean(),
  }),
  /** A person says that the decision was wrong, knowing what was done because of it. */
  z.object({
    type: z.literal('decision-overturned'),
    ref: z.string(),
    by: z.string(),
    proof: Proof,
    channel: Answer.shape.channel,
    reason: z.string(),
    before: JsonObject,
    /** The right decision; null where the person gave none. */
    after: JsonObject.nullable(),
    /** Digest of the consequences that the person was shown, and what they were. */
    seen: z.string(),
    consequences: z.array(z.object({ caseId: z.string(), actionId: z.string(), state: z.string() })),
    takeBack: z.array(z.object({ caseId: z.string(), actionId: z.string() })),
    /** The actions of the right decision are carried out. */
    carryOut: z.boolean().default(false),
  }),
] as const;
