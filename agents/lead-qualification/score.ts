import type { LeadDecision, LeadJudgement } from './lead.ts';

/** The company sizes that we sell to, in employees. */
export const TARGET_SIZE = { smallest: 50, largest: 500 } as const;

/** Everything that would mean "no interest" keeps a lead cold, however well the company fits. */
const MOST_WITHOUT_INTENT = 3;

/**
 * The score from 0 to 10: company size up to 3, authority 3, stack 2, intent up to 2. Sums belong in rules, so the
 * agent judges the parts and this adds them up.
 * @param employees head count, or null when nobody knows (counts nothing).
 */
export function leadScore(judgement: LeadJudgement, employees: number | null): number {
  const score =
    sizePoints(employees) +
    (judgement.hasBuyingAuthority ? 3 : 0) +
    (judgement.usesIntegratedStack ? 2 : 0) +
    { none: 0, curious: 0, evaluating: 1, ready: 2 }[judgement.buyingIntent];
  return judgement.buyingIntent === 'none' ? Math.min(score, MOST_WITHOUT_INTENT) : score;
}

/** Hot from 7, warm from 4, cold below. */
export function leadTier(score: number): LeadDecision['tier'] {
  if (score >= 7) return 'hot';
  return score >= 4 ? 'warm' : 'cold';
}

export function isSizeInRange(employees: number | null): boolean {
  return employees !== null && employees >= TARGET_SIZE.smallest && employees <= TARGET_SIZE.largest;
}

function sizePoints(employees: number | null): number {
  if (isSizeInRange(employees)) return 3;
  if (employees === null) return 0;
  const isNear =
    (employees >= 20 && employees < TARGET_SIZE.smallest) || (employees > TARGET_SIZE.largest && employees <= 1_000);
  return isNear ? 1 : 0;
}
