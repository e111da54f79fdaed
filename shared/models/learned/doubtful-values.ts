import { wilsonUpper } from '../../domain/wilson.ts';
import type { Label } from './contract.ts';
import type { Outcome } from './outcome.ts';
import type { Threshold } from './threshold.ts';

/** About one value in forty is doubted wrongly. */
const Z = 1.96;

/**
 * Values that were given above the threshold and were then right too seldom, beyond chance. A field that is nearly always "no" can reach
 * its target while its "yes" does not; such a value is suggested, never decided.
 */
export function doubtfulValues(
  outcomes: readonly Outcome[],
  threshold: Threshold | undefined,
  target: number,
): Label[] {
  if (!threshold) return [];
  const accepted = outcomes.filter(({ isAcceptable, raw }) => isAcceptable && raw >= threshold.value);
  return [...Map.groupBy(accepted, ({ value }) => value)].flatMap(([value, given]) => {
    const right = given.filter(({ isRight }) => isRight).length;
    return value !== null && wilsonUpper(right, given.length, Z) < target ? [value] : [];
  });
}
