import { expect, test } from 'vitest';
import { documentViolations } from './documents.ts';
import { planted } from './planted.ts';
import { projectFiles, projectPaths } from './repository.ts';
import { sentences } from './violation.ts';

const PATHS = ['README.md', 'docs/guide.md', 'agents/lead/workflow.ts', 'docs/pages/inbox.png'];

test('documents name only files that exist', () => {
  expect(sentences(documentViolations(projectFiles(), projectPaths()))).toEqual([]);
});

test.each([
  ['a file', 'See `agents/lead/gone.ts`.'],
  ['a folder', 'All of `agents/gone/` is for builders.'],
  ['a bare name', 'Write `gone.ts` first.'],
  ['a link', 'See [the guide](docs/gone.md).'],
  ['a link with an anchor', 'See [the guide](docs/gone.md#start).'],
  ['a picture', '![Inbox](docs/pages/gone.png)'],
])('finds %s that is not there', (_what, line) => {
  expect(documentViolations([planted('README.md', '', line)], PATHS)).toMatchObject([{ file: 'README.md', line: 2 }]);
});

test.each([
  ['files from the root', 'README.md', '`agents/lead/workflow.ts`, `agents/lead/`, [guide](docs/guide.md#start)'],
  ['files beside the document', 'docs/guide.md', '![Inbox](pages/inbox.png)'],
  ['files by their name', 'README.md', '`workflow.ts`'],
  ['what the scripts make', 'README.md', '`dist/judge/index.mjs`, `cdk.out/`'],
  [
    'web addresses, routes, media types and commands',
    'README.md',
    '[a](https://a.example/b.md) `/hooks/x` `application/json` `npm test`',
  ],
  ['patterns and placeholders', 'README.md', '`agents/*/workflow.ts` `agents/<id>/workflow.ts`'],
])('accepts %s', (_what, path, line) => {
  expect(documentViolations([planted(path, line)], PATHS)).toEqual([]);
});
