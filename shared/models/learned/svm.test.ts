import { expect, test } from 'vitest';
import { trainLogistic } from './logistic.ts';
import { seeded } from './random.ts';
import { trainSvm } from './svm.ts';
import type { SparseRows } from './vectors.ts';

/** Rows of two features on the unit circle; the sign is that of the first, but for the flipped rows. */
function circle(count: number, flipped: number): { rows: SparseRows; signs: Int8Array } {
  const random = seeded(3);
  const points = Array.from({ length: count }, () => {
    const angle = random() * 2 * Math.PI;
    return [Math.cos(angle), Math.sin(angle)] as const;
  });
  return {
    rows: {
      offsets: Int32Array.from({ length: count + 1 }, (_, i) => i * 2),
      indices: Int32Array.from({ length: count * 2 }, (_, p) => p % 2),
      values: Float32Array.from(points.flat()),
      width: 2,
    },
    signs: Int8Array.from(points, ([x], i) => (i < flipped ? -Math.sign(x) : Math.sign(x))),
  };
}

const ones = (count: number) => new Float64Array(count).fill(1);

test.each([
  ['support vector machine', trainSvm],
  ['logistic regression', trainLogistic],
])('the %s finds the line between two classes in spite of wrong labels', (_name, train) => {
  const { rows, signs } = circle(400, 20);
  const { weights, bias } = train(rows, signs, ones(400), 1);
  const truth = circle(400, 0).signs;
  const right = [...truth].filter((sign, i) => {
    const score =
      (weights[0] ?? 0) * (rows.values[2 * i] ?? 0) + (weights[1] ?? 0) * (rows.values[2 * i + 1] ?? 0) + bias;
    return Math.sign(score) === sign;
  });
  expect(right.length).toBeGreaterThan(380);
});

test('the support vector machine reaches the optimum of its objective', () => {
  const { rows, signs } = circle(60, 10);
  const { weights, bias } = trainSvm(rows, signs, ones(60), 1);
  const objective = (w0: number, w1: number, b: number) =>
    [...signs].reduce(
      (sum, sign, i) =>
        sum + Math.max(0, 1 - sign * (w0 * (rows.values[2 * i] ?? 0) + w1 * (rows.values[2 * i + 1] ?? 0) + b)) ** 2,
      0.5 * (w0 * w0 + w1 * w1 + b * b),
    );
  const [w0, w1] = [weights[0] ?? 0, weights[1] ?? 0];
  const found = objective(w0, w1, bias);
  for (const step of [-0.2, 0.2]) {
    expect(objective(w0 + step, w1, bias)).toBeGreaterThan(found);
    expect(objective(w0, w1 + step, bias)).toBeGreaterThan(found);
    expect(objective(w0, w1, bias + step)).toBeGreaterThan(found);
  }
});

test.each([
  ['support vector machine', trainSvm],
  ['logistic regression', trainLogistic],
])('the %s gives the same weights for the same seed', (_name, train) => {
  const { rows, signs } = circle(100, 10);
  expect(train(rows, signs, ones(100), 5)).toEqual(train(rows, signs, ones(100), 5));
});
