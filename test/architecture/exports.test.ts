import { expect, test } from 'vitest';
import { exportViolations } from './exports.ts';
import { planted } from './planted.ts';
import { projectFiles } from './repository.ts';
import { sentences } from './violation.ts';

test('what is exported is used elsewhere, and not by tests alone', () => {
  expect(sentences(exportViolations(projectFiles()))).toEqual([]);
});

const USER = planted('shared/domain/user.ts', "import { rule } from './rule.ts';", 'rule();');
const TEST = planted('shared/domain/rule.test.ts', "import { rule } from './rule.ts';");

test.each([
  [
    'a function that nobody else names',
    [planted('a.ts', 'export function alone() {}', 'alone();')],
    'it exports alone',
  ],
  ['a constant that nobody else names', [planted('a.ts', 'export const ALONE = 1;')], 'it exports ALONE'],
  ['a class that nobody else names', [planted('a.ts', 'export class Alone {}')], 'it exports Alone'],
  [
    'what only its own test keeps alive',
    [planted('shared/domain/rule.ts', 'export function rule() {}'), TEST],
    'rule is used by tests alone',
  ],
])('finds %s', (_what, files, problem) => {
  expect(exportViolations(files)).toMatchObject([
    { file: files[0]?.path, line: 1, problem: expect.stringContaining(problem) },
  ]);
});

test.each([
  ['what another file uses', [planted('shared/domain/rule.ts', 'export function rule() {}'), USER, TEST]],
  ['what its own file and a test use', [planted('a.ts', 'export function rule() {}', 'rule();'), TEST]],
  ['what tests share', [planted('test/support/rule.ts', 'export function rule() {}'), TEST]],
  ['types of what is exported', [planted('a.ts', 'export interface Alone {}', 'export type Other = Alone;')]],
  ['what is loaded by its path', [planted('test/support/leads/index.ts', 'export const workflows = [];')]],
])('accepts %s', (_what, files) => {
  expect(exportViolations(files)).toEqual([]);
});
