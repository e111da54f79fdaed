import { expect, test } from 'vitest';
import { layerViolations } from './layers.ts';
import { planted } from './planted.ts';
import { projectFiles } from './repository.ts';
import { sentences } from './violation.ts';

test('every import of the project keeps to the layers', () => {
  expect(sentences(layerViolations(projectFiles()))).toEqual([]);
});

test.each([
  ['contracts import nothing above them', 'shared/contracts/case.ts', "import { judge } from '../domain/judge.ts';"],
  ['the rules do not reach for operations', 'shared/domain/judge.ts', "import { run } from '../operations/run.ts';"],
  ['operations know ports, not clients', 'shared/operations/ask.ts', "import { table } from '../aws/table.ts';"],
  ['models do not run operations', 'shared/models/cascade.ts', "import { run } from '../operations/run.ts';"],
  [
    'builders see definitions of connectors only',
    'agents/x/workflow.ts',
    "import { slack } from '../../shared/connectors/slack/perform.ts';",
  ],
  [
    'the local runtime sees no source of the platform',
    'local/boot/boot.ts',
    "import type { Case } from '../../shared/contracts/index.ts';",
  ],
  [
    'the local runtime does not call functions',
    'local/lambda/run.ts',
    "const f = await import('../../functions/judge.ts');",
  ],
  ['the console takes types only', 'console/app.ts', "import { Case } from '../shared/contracts/index.ts';"],
  ['pages show what they are given', 'shared/pages/page.ts', "import { judge } from '../domain/judge.ts';"],
  ['nothing that is deployed uses scripts', 'infra/app.ts', "import { names } from '../scripts/build/entries.ts';"],
  ['re-exports are imports too', 'shared/contracts/index.ts', "export { judge } from '../domain/judge.ts';"],
])('%s', (_rule, path, line) => {
  expect(layerViolations([planted(path, line)])).toMatchObject([{ file: path, line: 1 }]);
});

test.each([
  ['a layer imports itself', 'shared/domain/judge.ts', "import { tier } from './tiers.ts';"],
  ['a test imports what it tests with', 'local/boot/boot.test.ts', "import { build } from '../../scripts/build.ts';"],
  [
    'builders import definitions',
    'agents/x/workflow.ts',
    "import { mail } from '../../shared/connectors/mail/definition.ts';",
  ],
  ['the console imports types', 'console/app.ts', "import type { Case } from '../shared/contracts/index.ts';"],
  ['packages are the business of another rule', 'shared/contracts/case.ts', "import * as z from 'zod';"],
])('lets pass: %s', (_rule, path, line) => {
  expect(layerViolations([planted(path, line)])).toEqual([]);
});

test('a new folder under shared needs its place in the layers', () => {
  expect(layerViolations([planted('shared/extras/thing.ts', 'export const thing = 1;')])).toMatchObject([
    { file: 'shared/extras/thing.ts', problem: 'its folder has no place in the layers' },
  ]);
});

test('a violation says where, what and how to mend it', () => {
  const file = planted('shared/contracts/case.ts', "import * as z from 'zod';", "import { a } from '../domain/a.ts';");
  expect(sentences(layerViolations([file]))).toEqual([
    'shared/contracts/case.ts:2: contracts imports shared/domain/a.ts. Fix: contracts may import nothing but itself: move what is needed there, or pass it in.',
  ]);
});
