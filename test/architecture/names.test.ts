import { expect, test } from 'vitest';
import { nameViolations } from './names.ts';
import { planted } from './planted.ts';
import { projectFiles } from './repository.ts';
import { sentences } from './violation.ts';

test('every name of the project says what is in it', () => {
  expect(sentences(nameViolations(projectFiles()))).toEqual([]);
});

test.each([
  'shared/utils.ts',
  'shared/helpers/date.ts',
  'local/sqs/sqs-helper.ts',
  'shared/common/index.ts',
  'local/queue-manager.ts',
  'shared/domain/judgeCase.ts',
  'shared/Domain/judge.ts',
  'shared/domain/judge_case.ts',
])('refuses %s', (path) => {
  expect(nameViolations([planted(path, 'export const a = 1;')])).toMatchObject([{ file: path }]);
});

test.each(['export default function judge() {}', 'export { judge as default };'])('refuses %s', (line) => {
  expect(nameViolations([planted('shared/domain/judge.ts', line)])).toMatchObject([{ line: 1 }]);
});

test('accepts a test, a folder and a configuration by its customary name', () => {
  const paths = ['shared/domain/judge.test.ts', 'local/sqs/index.ts', 'scripts/run.mjs', 'vitest.config.ts'];
  expect(nameViolations(paths.map((path) => planted(path, 'export const a = 1;')))).toEqual([]);
});
