import { expect, test } from 'vitest';
import { planted } from './planted.ts';
import { projectFiles } from './repository.ts';
import { timeAndChanceViolations } from './time-and-chance.ts';
import { sentences } from './violation.ts';

test('rules and operations take time and chance as inputs', () => {
  expect(sentences(timeAndChanceViolations(projectFiles()))).toEqual([]);
});

test.each(['Date.now()', 'new Date()', 'performance.now()', 'Math.random()', 'randomUUID()', 'crypto.randomUUID()'])(
  'finds %s',
  (call) => {
    const file = planted('shared/domain/judge.ts', '', `const now = ${call};`);
    expect(timeAndChanceViolations([file])).toMatchObject([{ file: 'shared/domain/judge.ts', line: 2 }]);
  },
);

test.each([
  ['a date made from an input', 'shared/domain/judge.ts', 'const day = new Date(nowMs);'],
  ['a comment', 'shared/domain/judge.ts', '// not Date.now(): time is an input'],
  ['a text', 'shared/operations/ask.ts', "const text = 'Date.now()';"],
  ['an adapter', 'shared/aws/clock.ts', 'const now = Date.now();'],
  ['a test', 'shared/domain/judge.test.ts', 'const now = Date.now();'],
])('lets pass: %s', (_what, path, line) => {
  expect(timeAndChanceViolations([planted(path, line)])).toEqual([]);
});
