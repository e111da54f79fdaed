import * as z from 'zod';
import { DeployedSet, EvaluationId, EvaluationWish } from '../evaluation.ts';
import { Json } from '../json.ts';
import { PromotionEvidence } from '../promotion.ts';
import { Proof } from '../request.ts';
import { EvaluationEvidence, Phase } from '../settings.ts';
import { Versions } from '../versions.ts';

/** Who did it. `proof` is null where the platform did it by itself, and `by` is `remit` then. */
const actor = { by: z.string(), proof: Proof.nullable(), reason: z.string() };

/** What happens to the limits of a workflow; all but `seed-revealed` stand in the workflow's own governance ledger. */
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
  /** A question with a known answer was answered: from here on the record says what it was. */
  z.object({ type: z.literal('seed-revealed'), requestId: z.string(), by: z.string(), isRight: z.boolean() }),
] as const;
