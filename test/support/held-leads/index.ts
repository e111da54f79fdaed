import type { ActionDefinition, Workflow } from '../../../shared/authoring/index.ts';
import { qualifierAlone } from '../qualifier-alone.ts';

const qualifier = qualifierAlone();

/** Minutes for which the nurture sequence waits behind an undo link. */
export const HELD_MINUTES = 20;

/** The lead workflow, but for one action that is held in place of being done at once. Stands in for agents/index.ts. */
export const heldLeads: Workflow = {
  ...qualifier,
  actions: { ...qualifier.actions, 'add-to-nurture': held('add-to-nurture') },
};

export const workflows: readonly Workflow[] = [heldLeads];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}

function held(name: string): ActionDefinition {
  const definition = qualifier.actions[name];
  if (definition === undefined) throw new Error(`there is no action ${name}`);
  return { ...definition, holdMinutes: HELD_MINUTES };
}
