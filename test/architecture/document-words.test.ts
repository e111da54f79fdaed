import { expect, test } from 'vitest';
import { documentWordViolations, untoldSettings } from './document-words.ts';
import { planted } from './planted.ts';
import { projectFiles } from './repository.ts';
import { sentences } from './violation.ts';

const PROJECT = [
  planted('package.json', '{ "scripts": { "case": "node scripts/run.mjs case", "bench:init": "…" } }'),
  planted('local/settings.ts', 'const { REMIT_PORT } = environment;'),
  planted('infra/settings.ts', 'const Settings = z.object({', '  mailDomain: z.string(),', '});'),
  planted('functions/read-cases.ts', "const ROUTES = { 'GET /api/cases/{id}': oneCase };"),
  planted('local/surface.ts', 'const link = "/_local/effects?caseId=1";'),
];

test('documents name only commands, settings and calls that exist', () => {
  expect(sentences(documentWordViolations(projectFiles()))).toEqual([]);
});

test.each([
  ['a command', 'Say `npm run gone`.'],
  ['a variable', 'Set `REMIT_GONE`.'],
  ['a key of the context', 'Set `remit:goneDomain` in the context.'],
  ['a call of the API', 'It answers `GET /api/gone/{id}`.'],
  ['a call of the local surface', '    curl "127.0.0.1:4700/_local/effects"\n', '    curl -X POST /_local/gone'],
])('finds %s that is not there', (_what, ...lines) => {
  expect(documentWordViolations([...PROJECT, planted('docs/guide.md', '', ...lines)])).toMatchObject([
    { file: 'docs/guide.md', problem: expect.stringMatching(/[Gg]one|GONE/) },
  ]);
});

test.each([
  ['commands', '`npm run case -- $ID`, `npm run bench:init`, `npm test`'],
  ['settings', '`REMIT_PORT=4800 npm start`, `remit:mailDomain`'],
  ['calls, whatever their placeholder is called', '`GET /api/cases/<caseId>`, `/_local/`, `/_local/effects?caseId=`'],
  ['addresses of others', '<https://vendor.example/api/gone>'],
])('accepts %s', (_what, line) => {
  expect(documentWordViolations([...PROJECT, planted('docs/guide.md', line)])).toEqual([]);
});

test('leaves the changelog alone, which tells of what was', () => {
  expect(documentWordViolations([...PROJECT, planted('CHANGELOG.md', '`npm run gone`')])).toEqual([]);
});

test('every setting of a deployment is named in a document', () => {
  expect(sentences(untoldSettings(projectFiles()))).toEqual([]);
  expect(untoldSettings(PROJECT)).toMatchObject([{ file: 'infra/settings.ts', line: 2 }]);
  expect(untoldSettings([...PROJECT, planted('README.md', '`remit:mailDomain`')])).toEqual([]);
});
