import * as z from 'zod';
import { CaseId, Slug } from './ids.ts';
import { Phase } from './settings.ts';

const Share = z.object({
  agreed: z.int().meta({ title: 'Agreed' }),
  of: z.int().meta({ title: 'Of' }),
  /** 95 % Wilson interval, in per cent with one decimal. */
  lowerPercent: z.number().meta({ title: 'At least (%)' }),
  upperPercent: z.number().meta({ title: 'At most (%)' }),
});

/** The figures by which a promotion is proposed, as the owner is shown them; the answer is bound to exactly these. */
export const PromotionEvidence = z.object({
  segment: Slug.meta({ title: 'Segment' }),
  segmentTitle: z.string().meta({ title: 'Cases' }),
  from: Phase.meta({ title: 'Phase now' }),
  to: Phase.meta({ title: 'Phase proposed' }),
  version: z.string().meta({ title: 'Version of the workflow' }),
  agreement: Share.meta({ title: 'Agreement of agent and people' }),
  blind: Share.meta({ title: 'Of these, decided without seeing the agent’s' }),
  failedPercent: z.number().meta({ title: 'Failed or degraded (%)' }),
  /** Of this version, where one was put on record: it stands beside what people said, and no gate reads it. */
  evaluation: z
    .object({
      ...Share.shape,
      failed: z.int().meta({ title: 'Failed or degraded' }),
      report: z.string().meta({ title: 'Report' }),
      reportDigest: z.string().default('').meta({ title: 'Digest of the report (empty: nobody can check it)' }),
    })
    .nullable()
    .default(null)
    .meta({ title: 'Measured on labelled cases: right without a person' }),
  gates: z
    .object({
      agreementPercent: z.number().meta({ title: 'Agreement at least (%)' }),
      minimumDecisions: z.int().meta({ title: 'Decisions at least' }),
      failedPercent: z.number().meta({ title: 'Failed at most (%)' }),
    })
    .meta({ title: 'Gates' }),
  disagreements: z
    .array(
      z.object({
        caseId: CaseId.meta({ title: 'Case' }),
        fields: z.array(z.string()).meta({ title: 'About' }),
        by: z.string().meta({ title: 'Who' }),
        reason: z.string().meta({ title: 'Reason' }),
      }),
    )
    .meta({ title: 'Every disagreement' }),
});
export type PromotionEvidence = z.infer<typeof PromotionEvidence>;
