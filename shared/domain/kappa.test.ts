import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohenKappa } from './kappa.ts';

/** Pairs as a table has them: rows are the first person's answers, columns the second's. */
const table = (rows: readonly (readonly number[])[]) =>
  rows.flatMap((row, first) =>
    row.flatMap((count, second) => Array.from({ length: count }, () => [`${first}`, `${second}`] as const)),
  );
const answers = fc.array(fc.tuple(fc.constantFrom('hot', 'warm', 'cold'), fc.constantFrom('hot', 'warm', 'cold')), {
  maxLength: 60,
});

describe('kappa', () => {
  it.each([
    // Two people of 50 proposals, as encyclopaedias have it: 70 % the same where chance makes half of them so.
    {
      rows: [
        [20, 5],
        [10, 15],
      ],
      kappa: 0.4,
      error: null,
    },
    // statpsych, ci.kappa(.05, 31, 12, 4, 58)
    {
      rows: [
        [31, 12],
        [4, 58],
      ],
      kappa: 0.6756757,
      error: 0.07344761,
    },
    // Stata, kapci of 1,932 veterans
    {
      rows: [
        [1_395, 118],
        [261, 158],
      ],
      kappa: 0.3411969,
      error: 0.0262914,
    },
  ])('is $kappa for the published table $rows', ({ rows, kappa, error }) => {
    const found = cohenKappa(table(rows));
    expect(found.kappa).toBeCloseTo(kappa, 6);
    if (error !== null) expect(found.error).toBeCloseTo(error, 6);
  });

  it('has the published interval where there are many pairs', () => {
    const { lower, upper } = cohenKappa(
      table([
        [1_395, 118],
        [261, 158],
      ]),
    );
    expect(lower).toBeCloseTo(0.29, 2);
    expect(upper).toBeCloseTo(0.393, 2);
  });

  it('is 1 where all pairs are the same, and its interval still has a width', () => {
    const { kappa, error, lower, upper } = cohenKappa(
      table([
        [6, 0],
        [0, 4],
      ]),
    );
    expect([kappa, error, upper]).toEqual([1, 0, 1]);
    expect(lower).toBeGreaterThan(0);
    expect(lower).toBeLessThan(0.6);
  });

  it('is nothing where both only ever said the same one thing, or nothing at all', () => {
    const none = { kappa: null, error: null, lower: -1, upper: 1 };
    expect(cohenKappa([])).toMatchObject({ pairs: 0, ...none });
    expect(cohenKappa(table([[9]]))).toMatchObject({ pairs: 9, observed: 1, ...none });
  });

  it('is 0 where the answers of one say nothing of the other’s', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }), (counts) => {
        const independent = table(counts.map((a) => counts.map((b) => a * b)));
        expect(cohenKappa(independent).kappa).toBeCloseTo(0, 9);
      }),
    );
  });

  it('does not depend on who is first, nor on the names, and lies within its interval and from -1 to 1', () => {
    fc.assert(
      fc.property(answers, (pairs) => {
        const found = cohenKappa(pairs);
        const turned = cohenKappa(pairs.map(([a, b]) => [`${b}!`, `${a}!`] as const));
        expect(turned.kappa === null).toBe(found.kappa === null);
        if (found.kappa === null) return;
        expect(turned.kappa).toBeCloseTo(found.kappa, 9);
        expect(turned.error).toBeCloseTo(found.error ?? 0, 9);
        expect(found.kappa).toBeGreaterThanOrEqual(-1);
        expect(found.lower).toBeLessThanOrEqual(found.kappa);
        expect(found.upper).toBeGreaterThanOrEqual(found.kappa);
        expect(found.kappa === 1).toBe(pairs.every(([a, b]) => a === b));
      }),
    );
  });
});
