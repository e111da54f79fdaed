import { cpSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { workflows } from '../../agents/index.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { WorkflowRegistry } from '../../shared/authoring/workflow-registry.ts';
import { inProject } from '../command/project.ts';
import { partOptions } from './bundle.ts';
import { type WorkflowFile, workflowFiles } from './lazy-workflows.ts';

const folder = mkdtempSync(join(tmpdir(), 'remit-lazy-'));
const files = await workflowFiles(workflows);
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

describe('the workflows of a bundle', () => {
  it.each(['run-turn', 'perform-action', 'start-case'])('are those of agents/index.ts, a file each: %s', (name) => {
    const load = createRequire(inProject('dist', name, 'index.mjs'));
    const found = files.map(({ id, exportName }) => load(`./workflows/${id}.mjs`)[exportName] as Workflow);
    expect(found.map((workflow) => JSON.stringify(workflow))).toEqual(workflows.map((one) => JSON.stringify(one)));
    expect(globSync(`dist/${name}/workflows/*`, { cwd: inProject() })).toHaveLength(workflows.length);
  });

  it('stand beside those functions alone that ask for one', () => {
    expect(globSync('dist/{sign-in,receive-file,close-case}/workflows', { cwd: inProject() })).toEqual([]);
  });

  it('are none of the digests of the others', () => {
    expect(globSync('dist/run-turn/agents/**/*.mjs', { cwd: inProject() })).toEqual([]);
  });

  it('fail one by one: a broken one says so, with its file, and the others are there', async () => {
    const { findWorkflow, workflows: all } = await registryWith({
      'lead-follow-up': "throw new TypeError('x is not a function');",
    });
    for (const _try of [1, 2]) {
      const failure = errorOf(() => findWorkflow('lead-follow-up'));
      expect(failure).toMatchObject({
        name: 'WorkflowLoadError',
        message: 'Workflow lead-follow-up cannot be loaded: x is not a function',
      });
      expect((failure.cause as Error).stack).toContain('workflows/lead-follow-up.mjs:1');
    }
    expect(findWorkflow('support-triage')?.id).toBe('support-triage');
    expect(() => all.map(({ id }) => id)).toThrow('Workflow lead-follow-up cannot be loaded');
  });

  it('are not loaded before they are asked for', async () => {
    const loaded = (id: string) => `globalThis.loadedOfTest = [...(globalThis.loadedOfTest ?? []), '${id}'];`;
    const others = Object.fromEntries(
      files.map(({ id, exportName }) => [id, `${loaded(id)} export const ${exportName} = { id: '${id}' };`]),
    );
    const { findWorkflow } = await registryWith(others);
    expect(globalThis).not.toHaveProperty('loadedOfTest');
    expect(findWorkflow('hr-onboarding')).toEqual({ id: 'hr-onboarding' });
    expect(globalThis).toHaveProperty('loadedOfTest', ['hr-onboarding']);
  });

  it('that wait before they are defined stop the build, with the line', async () => {
    const path = join(folder, 'waits.ts');
    writeFileSync(path, "await Promise.resolve();\nexport const waits = { id: 'waits' };\n");
    const found = bundled([{ id: 'waits', path, exportName: 'waits' }]);
    await expect(found).rejects.toThrow(/waits\.ts:1:0: ERROR: Top-level await/);
  });
});

let bundles = 0;

/** The registry as a function has it, with other files in place of those of some workflows. */
async function registryWith(texts: Readonly<Record<string, string>>): Promise<WorkflowRegistry> {
  const from = await bundled(files);
  const into = join(folder, String(bundles++));
  cpSync(from, into, { recursive: true });
  for (const [id, text] of Object.entries(texts)) writeFileSync(join(into, 'workflows', `${id}.mjs`), text);
  return import(pathToFileURL(join(into, 'index.mjs')).href);
}

async function bundled(used: readonly WorkflowFile[]): Promise<string> {
  const entry = join(folder, 'function.ts');
  writeFileSync(entry, `export { findWorkflow, workflows } from '${inProject('agents', 'index.ts')}';`);
  const outdir = join(folder, `built-${bundles++}`);
  const options = partOptions(used);
  await build({
    ...options,
    ...{ entryPoints: { ...options.entryPoints, index: entry }, outdir, write: true, sourcemap: false },
  });
  return outdir;
}

function errorOf(ask: () => unknown): Error {
  try {
    ask();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
