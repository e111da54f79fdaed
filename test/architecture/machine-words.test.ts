import { expect, test } from 'vitest';
import { machineWordViolations } from './machine-words.ts';
import { planted } from './planted.ts';
import { projectFiles } from './repository.ts';
import { sentences } from './violation.ts';

test('no file of the project knows one machine', () => {
  expect(sentences(machineWordViolations(projectFiles()))).toEqual([]);
});

/** Put together from parts, so that this file is no violation. */
const path = (...parts: string[]) => ['', ...parts].join('/');

test.each([
  `const file = '${path('root', 'project', 'file.ts')}';`,
  `cd ${path('work', 'main')}`,
  `see ${path('home', 'someone', 'notes.md')}`,
  `"resolved": "https://${['registry', 'npmjs', 'org'].join('.')}/zod"`,
])('finds %s', (line) => {
  expect(machineWordViolations([planted('a.ts', 'const a = 1;', line)])).toMatchObject([{ file: 'a.ts', line: 2 }]);
});

test.each([
  'https://shop.example/work/orders',
  'agents/root/file.ts',
  'const half = work / main;',
  'see {base}/home/a',
])('lets pass: %s', (line) => {
  expect(machineWordViolations([planted('a.ts', line)])).toEqual([]);
});
