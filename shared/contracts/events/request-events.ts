import * as z from 'zod';
import { JsonObject } from '../json.ts';
import { Answer, FactChange, RequestKind, Verb } from '../request.ts';

const about = { requestId: z.string(), actionId: z.string().nullable() };

/** What happens to a question to a person. */
export const requestEvents = [
  z.object({
    type: z.literal('request-opened'),
    ...about,
    kind: RequestKind,
    question: z.string(),
    reasons: z.array(z.string()),
    people: z.array(z.string()),
    digest: z.string(),
    deadlineMs: z.int(),
    changes: z.array(FactChange).default([]),
  }),
  z.object({ type: z.literal('request-reminded'), requestId: z.string(), people: z.array(z.string()) }),
  /** One yes of several that are needed. */
  z.object({ type: z.literal('vote-given'), ...about, vote: Answer, votes: z.int(), quorum: z.int() }),
  z.object({ type: z.literal('request-answered'), ...about, answer: Answer }),
  z.object({ type: z.literal('request-expired'), ...about }),
  z.object({ type: z.literal('request-cancelled'), ...about, by: z.string(), reason: z.string() }),
  /** An answer that was not taken: the wrong person, proof, digest or values. */
  z.object({
    type: z.literal('answer-refused'),
    ...about,
    by: z.string(),
    verb: Verb,
    proof: z.string(),
    channel: z.string(),
    problem: z.string(),
  }),
  /** The question is now about other values; earlier votes do not count for them. */
  z.object({
    type: z.literal('request-changed'),
    ...about,
    by: z.string(),
    before: JsonObject,
    after: JsonObject,
    digest: z.string(),
  }),
] as const;
