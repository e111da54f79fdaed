import { expect, test } from 'vitest';
import { card } from './card.ts';
import { describe as describeCard } from './describe.ts';
import { madeUpCases } from './testing/made-up-cases.ts';
import { train } from './train.ts';

const told = (count: number, noise: number) =>
  describeCard(
    card(train(madeUpCases(count, 1, noise), { fields: [{ name: 'queue', kind: 'class' }], target: 0.95 })),
  ).join('\n');

test('says what the model decides alone, how rightly, and what the last doubling brought', () => {
  const text = told(300, 0);
  expect(text).toContain('Learned from 300 examples');
  expect(text).toMatch(/queue: decides \d+\.\d % alone \(confidence from 0\.\d\d\), \d+\.\d % of them rightly\./);
  expect(text).toMatch(/the last doubling brought -?\d+\.\d points/);
});

test('says what it only suggests and how many examples are missing', () => {
  const text = told(60, 0.2);
  expect(text).toContain('No case is decided alone yet');
  expect(text).toMatch(/queue: suggests only, 95\.0 % cannot be shown; about \d+ more examples are missing\./);
});
