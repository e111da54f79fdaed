import * as z from 'zod';
import { Phase } from '../../shared/contracts/index.ts';

const Share = z.object({ agreed: z.number(), of: z.number(), lower: z.number(), upper: z.number() });

const SpotFigures = z.object({
  ...{ cases: z.number(), drawn: z.number(), checked: z.number(), wrong: z.number() },
  accuracy: z.object({ share: z.number().nullable(), lower: z.number(), upper: z.number(), effective: z.number() }),
});

const NO_CHECKS: z.infer<typeof SpotFigures> = {
  ...{ cases: 0, drawn: 0, checked: 0, wrong: 0 },
  accuracy: { share: null, lower: 0, upper: 1, effective: 0 },
};

/** What `GET /api/workflows/{id}/autonomy` answers; a deployment of an earlier version leaves parts out. */
export const AutonomyAnswer = z.object({
  ...{ workflow: z.string(), title: z.string(), version: z.string(), paused: z.boolean() },
  gates: z.object({ agreement: z.number(), minimumDecisions: z.number(), errors: z.number() }),
  segments: z.array(
    z.object({
      ...{ segment: z.string(), title: z.string(), phase: Phase, setPhase: Phase, earnedUnder: z.string().nullable() },
      coolDownUntilMs: z.number().nullable(),
      agreement: z.object({
        ...{ sure: Share, blind: Share, shown: Share, asked: Share, edited: z.number() },
        fields: z.array(Share.extend({ field: z.string() })),
      }),
      failed: z.object({ failed: z.number(), of: z.number(), share: z.number() }),
      missed: z.array(z.string()),
      against: z.object({ decisions: z.number(), of: z.number(), allowed: z.number() }),
      disagreements: z.array(
        z.object({ caseId: z.string(), fields: z.array(z.string()), by: z.string().nullable(), reason: z.string() }),
      ),
      spotChecks: SpotFigures.default(NO_CHECKS),
      proposal: z.object({ to: Phase, requestId: z.string().nullable() }).nullable(),
    }),
  ),
  spotChecks: SpotFigures.default(NO_CHECKS),
  twoReviewers: z
    .object({
      ...{ asked: z.number(), pairs: z.number(), same: Share },
      kappas: z.array(
        z.object({
          about: z.string(),
          kappa: z.number().nullable(),
          lower: z.number(),
          upper: z.number(),
          pairs: z.number(),
        }),
      ),
    })
    .default({ asked: 0, pairs: 0, same: { agreed: 0, of: 0, lower: 0, upper: 1 }, kappas: [] }),
  curves: z
    .array(
      z.object({
        ...{ tier: z.string(), model: z.string(), field: z.string() },
        curve: z.object({
          judged: z.number(),
          steps: z.array(
            z.object({ from: z.number(), judged: z.number(), agreed: z.number(), confidence: z.number() }),
          ),
        }),
      }),
    )
    .default([]),
});
export type AutonomyAnswer = z.infer<typeof AutonomyAnswer>;

/** What `GET /api/workflows/{id}/reviewers` answers. */
export const ReviewersAnswer = z.object({
  items: z.array(
    z.object({
      ...{ person: z.string(), answers: z.number(), medianTookMs: z.number(), reversed: z.number() },
      ...{ approvals: Share, hasty: Share, seeded: Share, agreement: Share, warnings: z.array(z.string()) },
      segments: z.array(Share.extend({ segment: z.string() })),
    }),
  ),
});
export type ReviewersAnswer = z.infer<typeof ReviewersAnswer>;
