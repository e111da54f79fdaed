import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bagger } from './bag.ts';
import type { Json } from './contract.ts';
import { encoder } from './encoder.ts';
import { flatten } from './flatten.ts';
import { planPaths } from './path-kinds.ts';
import { vectorizer, WHOLE } from './vectors.ts';
import { fitVocabulary } from './vocabulary.ts';

const INPUTS: Json[] = [
  { note: 'please send the invoice again', size: 3, tier: 'gold' },
  { note: 'the printer is broken', size: 40, tier: 'gold' },
  { note: 'invoice was paid twice', size: 7, tier: 'silver' },
];
const flats = INPUTS.map(flatten);
const encode = encoder({
  paths: planPaths(flats, { fields: [], target: 0.9, features: { tier: 'category' } }),
  crosses: [['tier', 'note']],
});
const toBag = bagger();
const bags = flats.map((flat) => toBag(encode(flat)));
const vocabulary = fitVocabulary(bags, Int32Array.of(0, 1, 2));
const lengthOf = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

test('makes every known case a vector of unit length with each feature once', () => {
  const words = fc.constantFrom('invoice', 'printer', 'paid', 'again', 'unknown');
  fc.assert(
    fc.property(fc.array(words), fc.integer(), fc.constantFrom('gold', 'silver', 'lead'), (said, size, tier) => {
      const input = { note: said.join(' '), size, tier };
      const { indices, values } = vectorizer(vocabulary, WHOLE)(toBag(encode(flatten(input))));
      expect(lengthOf(values)).toBeCloseTo(1, 5);
      expect(new Set(indices).size).toBe(indices.length);
    }),
  );
});

test('looks only at the blocks of its view', () => {
  const block = ['note', 'size', 'tier'].indexOf('size');
  const { values } = vectorizer(vocabulary, { blocks: [block], categoryWeight: 1 })(bags[0] as (typeof bags)[0]);
  expect([...values]).toEqual([1]);
});

test('gives categories more room by their weight', () => {
  const shareOfCategories = (categoryWeight: number) => {
    const bag = bags[0] as (typeof bags)[0];
    const whole = vectorizer(vocabulary, { blocks: null, categoryWeight })(bag);
    const text = vectorizer(vocabulary, { blocks: [0], categoryWeight })(bag);
    return lengthOf(whole.values.filter((_, p) => !text.indices.includes(whole.indices[p] as number)));
  };
  expect(shareOfCategories(2)).toBeGreaterThan(shareOfCategories(1));
});

test('gives an empty vector where nothing is known', () => {
  const none = {
    buckets: new Int32Array(0),
    groups: new Uint8Array(0),
    weights: new Float32Array(0),
    starts: Int32Array.of(0),
  };
  expect(vectorizer(vocabulary, WHOLE)(none).indices).toHaveLength(0);
});
