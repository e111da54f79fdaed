import * as z from 'zod';
import { DeployedSet, EvaluationId, EvaluationWish } from '../evaluation.ts';
import { Json } from '../json.ts';
import { PromotionEvidence } from '../promotion.ts';
import { Proof } from '../request.ts';
import { EvaluationEvidence, Phase } from '../settings.ts';
import { SpotBand, SpotStratum } from '../spot-check.ts';
import { Versions } from '../versions.ts';

/** Who did it. `proof` is null where the platform did it by itself, and `by` is `remit` then. */
const actor = { by: z.string(), proof: Proof.nullable(), reason: z.string() };

/**
 * What happens to the limits of a workflow, in the workflow's own governance ledger; what people say of one case, in a
 * review or a spot-check, stands in the ledger of the case.
 */
export const governanceEvents = [
  z.object({
    type: z.literal('settings-changed'),
    ...actor,
    /** Of the settings after the change. */
    revision: z.int(),
    changes: z.array(z.object({ setting: z.string(), before: Json, after: Json })),
  }),
  z.object({
    type: z.literal('phase-changed'),
    ...actor,
    /** Segment id, or `all` for cases of no segment. */
    segment: z.string(),
    from: Phase,
    to: Phase,
    because: z.enum(['promotion', 'step-back', 'person']),
    version: z.string(),
    /** Ids of the cases that it rests on. */
    cases: z.array(z.string()),
    coolDownUntilMs: z.int().nullable(),
  }),
  z.object({
    type: z.literal('promotion-proposed'),
    segment: z.string(),
    actionId: z.string(),
    digest: z.string(),
    evidence: PromotionEvidence,
  }),
  /** Somebody had a version measured; `set` is what it is measured on, as deployed. */
  z.object({
    type: z.literal('evaluation-started'),
    ...actor,
    evaluationId: EvaluationId,
    attempt: z.int(),
    wish: EvaluationWish,
    set: DeployedSet,
    versions: Versions,
  }),
  z.object({ type: z.literal('evaluation-recorded'), ...actor, evaluation: EvaluationEvidence }),
  z.object({ type: z.literal('person-told'), to: z.string(), about: z.string() }),
  /** Of the cases of one day that nobody was asked about, these are looked at. What they were drawn from, and by what chance. */
  z.object({
    type: z.literal('spot-checks-drawn'),
    day: z.iso.date(),
    seed: z.string(),
    share: z.number(),
    strata: z.array(SpotStratum),
    cases: z.array(z.object({ caseId: z.string(), probability: z.number() })),
  }),
  /** In the case's own ledger. `weight`: how many cases it stands for, one over the probability of its draw. */
  z.object({
    type: z.literal('spot-check-answered'),
    requestId: z.string(),
    by: z.string(),
    proof: Proof,
    isRight: z.boolean(),
    fields: z.array(z.string()),
    segment: z.string(),
    band: SpotBand,
    weight: z.number(),
  }),
  /** A review in shadow that somebody else is asked for too, on their own. */
  z.object({ type: z.literal('second-review-planned'), requestId: z.string(), person: z.string() }),
  /** What the second person said; it decides nothing. `agrees`: they decided as the agents did. */
  z.object({
    type: z.literal('second-review-given'),
    requestId: z.string(),
    by: z.string(),
    proof: Proof,
    agrees: z.boolean(),
  }),
  /** A question with a known answer was answered: from here on the record says what it was. */
  z.object({ type: z.literal('seed-revealed'), requestId: z.string(), by: z.string(), isRight: z.boolean() }),
] as const;
