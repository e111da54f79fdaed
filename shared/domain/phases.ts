import type { Facts, Workflow } from '../authoring/index.ts';
import type { JsonObject, Phase, Settings } from '../contracts/index.ts';
import { digestOf } from './digest.ts';

/** Hexadecimal digits of a hash that make a fraction. */
const FRACTION_DIGITS = 8;

/** The first segment whose condition holds; one that throws is passed over. Null for none. */
export function segmentOf(workflow: Workflow, decision: JsonObject, facts: Facts): string | null {
  const segment = workflow.segments.find(({ when }) => {
    try {
      return when(decision, facts);
    } catch {
      return false;
    }
  });
  return segment?.id ?? null;
}

/**
 * The phase that a case is treated in. In phase partial only a share of the cases is; a hash of case key and segment
 * decides, so that one customer is not treated in two ways. The others stay in shadow.
 */
export function phaseOf(settings: Settings, segment: string | null, caseKey: string): Phase {
  const own = segment === null ? undefined : settings.segments[segment];
  const phase = own ?? settings.phase;
  return phase === 'partial' && fractionOf([segment, caseKey]) >= settings.partialShare ? 'shadow' : phase;
}

/** Whether the person who reviews this case decides before seeing what the agents decided; the same on every try. */
export function isReviewedBlind({ rollout }: Workflow, caseId: string): boolean {
  return fractionOf(['blind', caseId]) < rollout.blindShare;
}

/** Whether a second person is asked for a review of this case too; the same on every try. */
export function isReviewedTwice({ rollout }: Workflow, caseId: string): boolean {
  return fractionOf(['second', caseId]) < rollout.secondReviewShare;
}

/** Evenly spread over 0 (included) to 1 (excluded), the same for the same parts. */
export function fractionOf(parts: (string | null)[]): number {
  return Number.parseInt(digestOf(parts).slice(0, FRACTION_DIGITS), 16) / 16 ** FRACTION_DIGITS;
}
