import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import type { Workflow } from '../../shared/authoring/index.ts';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';

/** Where a workflow is defined, and by which name. */
export interface WorkflowFile {
  readonly id: string;
  /** From the root of the project. */
  readonly path: string;
  readonly exportName: string;
}

/** The folder beside a bundle that has its workflows. */
export const WORKFLOWS_FOLDER = 'workflows';

/** @throws Problem for a workflow that is not exported by `agents/<id>/workflow.ts`. */
export async function workflowFiles(workflows: readonly Workflow[]): Promise<readonly WorkflowFile[]> {
  return Promise.all(workflows.map(({ id }) => workflowFile(id)));
}

async function workflowFile(id: string): Promise<WorkflowFile> {
  const path = `agents/${id}/workflow.ts`;
  const exported = existsSync(inProject(path)) ? await import(pathToFileURL(inProject(path)).href) : {};
  const found = Object.entries(exported).find(([, value]) => (value as Partial<Workflow> | null)?.id === id);
  if (found === undefined) {
    throw new Problem(
      `Workflow ${id} is not exported by ${path}: each workflow has a folder of its name, define it there.`,
    );
  }
  return { id, path, exportName: found[0] };
}

/**
 * Gives functions, in place of agents/index.ts, the same list with each workflow in a file of its own beside the bundle.
 * A function loads what it is asked for: a start takes as long with fifty workflows as with one.
 */
export function lazyWorkflows(files: readonly WorkflowFile[]): Plugin {
  return {
    name: 'lazy-workflows',
    setup({ onLoad }) {
      onLoad({ filter: REGISTRY }, () => ({
        contents: registryText(files),
        loader: 'ts',
        resolveDir: inProject('agents'),
      }));
    },
  };
}

/** The module whose place it takes. */
export const REGISTRY = /[\\/]agents[\\/]index\.ts$/;

/** `require` takes modules, and unlike `import` has them at once: who asks for a workflow does not wait. */
export function registryText(files: readonly WorkflowFile[]): string {
  const loaders = files.map(
    ({ id, exportName }) => `  ['${id}', () => load('./${WORKFLOWS_FOLDER}/${id}.mjs').${exportName}],`,
  );
  return [
    "import { createRequire } from 'node:module';",
    "import { workflowRegistry } from '../shared/authoring/workflow-registry.ts';",
    'const load = createRequire(import.meta.url);',
    'export const { workflows, findWorkflow } = workflowRegistry([',
    ...loaders,
    ']);',
  ].join('\n');
}
