import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deployedVersions } from './versions.ts';

const FILES = {
  'agents/lead/workflow.ts': 'a definition',
  'agents/lead/workflow.test.ts': 'a test',
  'agents/lead/qualifier.md': 'instructions',
  'agents/lead/samples/hot.json': 'a sample',
  'agents/other/workflow.ts': 'another definition',
  'dist/open-case/index.mjs': 'a bundle',
  'dist/run-turn/agents/lead/learned.bin': 'a model',
  'dist/.maps/open-case.mjs.map': 'a map',
  'statemachines/case.asl.json': 'a machine',
};

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'versions-'));
  for (const [path, text] of Object.entries(FILES)) write(path, text);
});
afterEach(() => rmSync(project, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

/** Which of the versions are others after a file has changed. */
function changedBy(path: string, text = 'changed'): string[] {
  const read = () => deployedVersions(['lead', 'other'], project);
  const before = read();
  write(path, text);
  const after = read();
  const workflows = Object.keys(after.workflows).filter((id) => after.workflows[id] !== before.workflows[id]);
  return after.code === before.code ? workflows : ['code', ...workflows];
}

test.each([
  ['a bundle', 'dist/open-case/index.mjs', ['code']],
  ['a state machine', 'statemachines/case.asl.json', ['code']],
  ['a definition', 'agents/lead/workflow.ts', ['lead']],
  ['instructions', 'agents/lead/qualifier.md', ['lead']],
  ['a model that was learned otherwise', 'dist/run-turn/agents/lead/learned.bin', ['lead']],
  ['a test', 'agents/lead/workflow.test.ts', []],
  ['a source map', 'dist/.maps/open-case.mjs.map', []],
])('%s changes its own version and no other', (_, path, changed) => {
  expect(changedBy(path)).toEqual(changed);
});

test('two projects with the same files have the same versions, wherever they lie', () => {
  const here = deployedVersions(['lead'], project);
  const first = project;
  project = mkdtempSync(join(tmpdir(), 'versions-elsewhere-'));
  for (const [path, text] of Object.entries(FILES)) write(path, text);
  expect(deployedVersions(['lead'], project)).toEqual(here);
  rmSync(first, { recursive: true });
});
