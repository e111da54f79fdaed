import type { Workflow } from './workflow.ts';

export interface WorkflowRegistry {
  /** As `agents/index.ts` has them; each is loaded when a loop, or whatever else reads it, comes to it. */
  readonly workflows: readonly Workflow[];
  /**
   * Loads the workflow of that id, and no other. @returns null when there is none.
   * @throws WorkflowLoadError when it cannot be loaded.
   */
  readonly findWorkflow: (id: string) => Workflow | null;
}

/** Workflows that are loaded when they are asked for: who needs one does not pay for all. */
export function workflowRegistry(loaders: readonly (readonly [id: string, load: () => Workflow])[]): WorkflowRegistry {
  const workflows: Workflow[] = [];
  const byId = new Map(loaders.map(([id, load]) => [id, () => loaded(id, load)]));
  loaders.forEach(([id, load], at) => {
    Object.defineProperty(workflows, at, { enumerable: true, get: () => loaded(id, load) });
  });
  return { workflows, findWorkflow: (id) => byId.get(id)?.() ?? null };
}

function loaded(id: string, load: () => Workflow): Workflow {
  try {
    return load();
  } catch (error) {
    throw new WorkflowLoadError(id, error);
  }
}

export class WorkflowLoadError extends Error {
  override readonly name = 'WorkflowLoadError';
  readonly workflow: string;

  constructor(workflow: string, cause: unknown) {
    super(`Workflow ${workflow} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.workflow = workflow;
  }
}
