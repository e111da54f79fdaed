import { type Bench, isClearlyBetter, tryOut } from './trial.ts';
import { WHOLE } from './vectors.ts';

/** Parts of all rows that a case may need to count half. */
const PARTS = [1 / 2, 1 / 4, 1 / 8];

/**
 * How fast the past fades in a field's history: slower is kept unless faster foretold the checked rows clearly better. Null, never,
 * where it keeps no history or a row has no date.
 */
export function chooseHalfLife(bench: Bench): number | null {
  const { training, rows } = bench;
  const { cases, field, history } = training;
  if (!history || field.use === 'model' || rows.some(({ row }) => cases.examples[row]?.date === undefined)) return null;
  const alone: Bench = { ...bench, training: { ...training, field: { ...field, use: 'history' } } };
  const tryHalfLife = (halfLife: number | null) =>
    tryOut(alone, { view: WHOLE, isWeighted: false, cost: 1, halfLife, pools: false });
  let best = tryHalfLife(null);
  for (const part of PARTS) {
    const faster = tryHalfLife(Math.max(1, Math.round(rows.length * part)));
    if (isClearlyBetter(faster, best, 1)) best = faster;
  }
  return best.choice.halfLife;
}
