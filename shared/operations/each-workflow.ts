import type { Workflow } from '../authoring/index.ts';
import { WorkflowLoadError } from '../authoring/workflow-registry.ts';
import type { Telemetry } from '../ports/index.ts';

export interface EachWorkflowPorts {
  readonly workflows: readonly Workflow[];
  readonly telemetry: Telemetry;
}

/**
 * Does the same for every workflow, one after the other. One that fails, or cannot even be loaded, is counted and logged
 * under the name `failed`, and keeps no other from its turn.
 * @throws AggregateError once all had their turn, when one of them failed; `problem` says what could not be done.
 */
export async function eachWorkflow(
  { workflows, telemetry }: EachWorkflowPorts,
  { failed, problem }: { readonly failed: string; readonly problem: string },
  run: (workflow: Workflow) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const at of workflows.keys()) {
    let id = 'unknown';
    try {
      // Each is loaded here, so that one that cannot be fails in its own turn.
      const workflow = workflows[at] as Workflow;
      id = workflow.id;
      await run(workflow);
    } catch (error) {
      failures.push(error);
      if (error instanceof WorkflowLoadError) id = error.workflow;
      telemetry.count('Errors', 1, id);
      telemetry.log(failed, { workflow: id, error: error instanceof Error ? error.name : 'unknown' });
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} workflows ${problem}`);
}
