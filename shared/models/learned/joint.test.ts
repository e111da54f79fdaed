import { expect, test } from 'vitest';
import type { TrainedField } from './field-training.ts';
import { checkJointly } from './joint.ts';
import { seeded } from './random.ts';

/** A field of 4,000 checked rows that is right with the probability it states. */
function field(name: string, seed: number, threshold: number | null, isRequired = true): TrainedField {
  const random = seeded(seed);
  const outcomes = Array.from({ length: 4_000 }, (_, row) => {
    const raw = 0.93 + 0.07 * random();
    const isRight = random() < raw;
    return { row, value: 'a', expected: isRight ? 'a' : 'b', raw, isRight, isAcceptable: true };
  });
  const decision = { by: 'constant', value: 'a', confidence: 1 } as const;
  const model = { name, isRequired, decision, curve: { raw: [], calibrated: [] }, doubtful: [], threshold };
  return { model, outcomes, card: {} as TrainedField['card'] };
}

test('decides only the surest cases where the fields alone would let too many errors through', () => {
  const fields = [field('one', 1, 0.935), field('two', 2, 0.935), field('three', 3, 0.935)];
  const { accepted } = checkJointly(fields, 0.9);
  expect(accepted?.bound).toBeGreaterThanOrEqual(0.9);
  expect(accepted?.value).toBeGreaterThan(0.935 ** 3);
  expect(accepted?.rows ?? 0).toBeGreaterThan(1_000);
});

test('decides every case whose fields pass where that holds for the whole', () => {
  const fields = [field('one', 1, 0.97), field('two', 2, 0.97, false)];
  const passing = (fields[0]?.outcomes ?? []).filter(({ raw }) => raw >= 0.97);
  expect(checkJointly(fields, 0.9).accepted?.rows).toBe(passing.length);
});

test('decides nothing alone while a required field suggests only', () => {
  expect(checkJointly([field('one', 1, 0.9), field('two', 2, null)], 0.9).accepted).toBeNull();
  expect(checkJointly([field('one', 1, 0.9), field('two', 2, null, false)], 0.9).accepted).not.toBeNull();
});

test('knows how often all required fields are right', () => {
  const joint = checkJointly([field('one', 1, 0.9), field('two', 2, 0.9)], 0.9);
  expect(joint.accuracy).toBeGreaterThan(0.9);
  expect(joint.accuracy).toBeLessThan(0.96);
});
