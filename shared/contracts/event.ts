import * as z from 'zod';
import { Action } from './action.ts';
import { TurnResult } from './decision.ts';
import { CaseId } from './ids.ts';
import { Json, JsonObject } from './json.ts';
import { Answer, RequestKind } from './request.ts';
import { Settings } from './settings.ts';
import { Verdict } from './verdict.ts';
import { Versions } from './versions.ts';

/** What can happen in a case: past facts, noun then past verb. */
export const CaseEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('case-opened'),
    workflow: z.string(),
    trigger: z.string(),
    eventId: z.string(),
    input: Json,
    problems: z.array(z.string()),
    settings: Settings,
    versions: Versions,
  }),
  z.object({ type: z.literal('turn-finished'), round: z.int(), turn: TurnResult }),
  z.object({
    type: z.literal('decision-made'),
    round: z.int(),
    by: z.string(),
    decision: JsonObject.nullable(),
    confidence: z.number(),
    verdict: Verdict,
    actions: z.array(Action),
  }),
  z.object({
    type: z.literal('request-opened'),
    requestId: z.string(),
    kind: RequestKind,
    actionId: z.string().nullable(),
    question: z.string(),
    reasons: z.array(z.string()),
    people: z.array(z.string()),
    digest: z.string(),
    deadlineMs: z.int(),
  }),
  z.object({ type: z.literal('request-reminded'), requestId: z.string(), people: z.array(z.string()) }),
  z.object({
    type: z.literal('request-answered'),
    requestId: z.string(),
    actionId: z.string().nullable(),
    answer: Answer,
  }),
  z.object({ type: z.literal('request-expired'), requestId: z.string(), actionId: z.string().nullable() }),
  z.object({
    type: z.literal('action-edited'),
    actionId: z.string(),
    by: z.string(),
    before: JsonObject,
    after: JsonObject,
    digest: z.string(),
  }),
  z.object({
    type: z.literal('action-intended'),
    actionId: z.string(),
    digest: z.string(),
    idempotencyKey: z.string(),
  }),
  z.object({
    type: z.literal('action-done'),
    actionId: z.string(),
    digest: z.string(),
    result: JsonObject,
    tookMs: z.number(),
  }),
  z.object({ type: z.literal('action-refused'), actionId: z.string(), reason: z.string() }),
  z.object({ type: z.literal('action-unsure'), actionId: z.string(), problem: z.string() }),
  z.object({ type: z.literal('step-failed'), step: z.string(), problem: z.string() }),
  z.object({
    type: z.literal('case-closed'),
    outcome: z.string(),
    costUsd: z.number(),
    tookMs: z.number(),
    personAsked: z.boolean(),
  }),
]);
export type CaseEvent = z.infer<typeof CaseEvent>;

/** An event in its place in the chain: `hash` is SHA-256 over canonical JSON of everything else, `previousHash` included. */
export const LedgerEntry = z.object({
  caseId: CaseId,
  seq: z.int().min(1),
  atMs: z.int(),
  event: CaseEvent,
  previousHash: z.string(),
  hash: z.string(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Where the chain stands: sequence number and hash of its newest entry; 0 and zeros before the first. */
export const Cursor = z.object({ seq: z.int().min(0), hash: z.string() });
export type Cursor = z.infer<typeof Cursor>;
