import { expect, test } from 'vitest';
import { fitPool, type PoolRow, poolScores } from './pool.ts';
import { seeded } from './random.ts';
import { softmax } from './temperature.ts';

const LABELS = 3;

/** Cases whose label is drawn by the given weights of voices that speak at random. */
function drawn(weights: readonly number[], count: number): PoolRow[] {
  const random = seeded(5);
  return Array.from({ length: count }, () => {
    const voices = weights.map(() => Float64Array.from({ length: LABELS }, () => Math.log(0.02 + random())));
    const [p0 = 0, p1 = 0] = softmax(poolScores(voices, weights), 1);
    const at = random();
    return { voices, label: at < p0 ? 0 : at < p0 + p1 ? 1 : 2 };
  });
}

test('finds the weights that the labels were drawn with', () => {
  const [first = 0, second = 0, third = 0] = fitPool(drawn([1.2, 0.3, 0], 4_000));
  expect(first).toBeCloseTo(1.2, 0);
  expect(Math.abs(first - 1.2)).toBeLessThan(0.12);
  expect(Math.abs(second - 0.3)).toBeLessThan(0.12);
  expect(Math.abs(third)).toBeLessThan(0.12);
});

test('gives the same weights for the same cases', () => {
  expect(fitPool(drawn([0.8, 0.5], 200))).toEqual(fitPool(drawn([0.8, 0.5], 200)));
});

test('stays finite where one voice is always right, and where two say the same', () => {
  const sure = drawn([1, 1], 60).map(({ voices: [voice = [], other = []] }) => {
    const label = [...Array(LABELS).keys()].reduce((best, one) =>
      (voice[one] as number) > (voice[best] as number) ? one : best,
    );
    return { voices: [voice, voice, other], label };
  });
  const [first = 0, same = 0, other = 0] = fitPool(sure);
  expect(first).toBeCloseTo(same, 6);
  expect(first).toBeGreaterThan(Math.abs(other));
  expect(first).toBeLessThan(100);
});

test('has no weights where there is no case', () => {
  expect(fitPool([])).toEqual([]);
});
