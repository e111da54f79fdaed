import type { ByHandTrigger, Workflow } from '../authoring/index.ts';
import { isMember } from './team-members.ts';

/** A form by which somebody starts a case. */
export interface StartForm {
  readonly workflow: Workflow;
  readonly definition: ByHandTrigger;
}

/** Forms of all workflows in whose teams somebody is. */
export function startableBy(workflows: readonly Workflow[], person: string): StartForm[] {
  return workflows
    .filter((workflow) => isMember(workflow, person))
    .flatMap((workflow) =>
      workflow.triggers.flatMap((definition) => (definition.kind === 'by-hand' ? [{ workflow, definition }] : [])),
    );
}

export function formFor(
  workflows: readonly Workflow[],
  { workflow, trigger, person }: { readonly workflow: string; readonly trigger: string; readonly person: string },
): StartForm | null {
  const found = startableBy(workflows, person).find(
    (one) => one.workflow.id === workflow && one.definition.id === trigger,
  );
  return found ?? null;
}
