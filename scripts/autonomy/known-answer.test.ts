import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { partnerResearch } from '../../agents/partner-research/workflow.ts';
import { knownAnswer } from './known-answer.ts';

const examples = readFileSync('agents/lead-qualification/examples.jsonl', 'utf8');

test.each([0, 0.3, 0.999])('makes a question of an example, right or wrong on purpose, by chance %f', (chance) => {
  for (const isRight of [true, false]) {
    const { input, shown, answer } = knownAnswer(leadQualification, examples, { isRight, chance: () => chance });
    expect(leadQualification.input.safeParse(input).success).toBe(true);
    for (const decision of [shown, answer]) expect(leadQualification.decision.safeParse(decision).success).toBe(true);
    expect(JSON.stringify(shown) === JSON.stringify(answer)).toBe(isRight);
  }
});

test('makes none of items that one agent of several judges', () => {
  const items = readFileSync('agents/partner-research/examples.jsonl', 'utf8');
  const make = () => knownAnswer(partnerResearch, items, { isRight: true, chance: () => 0 });
  expect(make).toThrow('and no whole case: none can be asked');
});

test('says what is missing where there is no example', () => {
  const make = () => knownAnswer(leadQualification, '\n', { isRight: true, chance: () => 0 });
  expect(make).toThrow('has no labelled examples');
});
