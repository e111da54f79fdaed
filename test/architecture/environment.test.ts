import { expect, test } from 'vitest';
import { environmentViolations } from './environment.ts';
import { planted } from './planted.ts';
import { projectFiles } from './repository.ts';
import { sentences } from './violation.ts';

test('the environment is read in one place only', () => {
  expect(sentences(environmentViolations(projectFiles()))).toEqual([]);
});

test.each([
  ['shared/aws/table.ts', "const name = process.env['TABLE'];"],
  ['functions/judge.ts', 'const all = { ...process.env };'],
  ['local/boot/boot.ts', 'const { env } = process;'],
])('%s may not say %s', (path, line) => {
  expect(environmentViolations([planted(path, line)])).toMatchObject([{ file: path, line: 1 }]);
});

test.each([
  'functions/environment.ts',
  'local/settings.ts',
  'infra/app.ts',
  'scripts/start.ts',
  'local/sqs/sqs.test.ts',
])('%s may read it', (path) => {
  expect(environmentViolations([planted(path, "const name = process.env['TABLE'];")])).toEqual([]);
});
