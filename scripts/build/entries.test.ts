import { expect, test } from 'vitest';
import { functionNames } from './entries.ts';

test('every file directly in functions/ is a function, but for wiring, environment and tests', () => {
  const files = ['judge.ts', 'wiring.ts', 'environment.ts', 'answer-request.ts', 'judge.test.ts', 'README.md'];
  expect(functionNames(files)).toEqual(['answer-request', 'judge']);
});
