import type { Workflow } from '../authoring/index.ts';
import type { Case } from '../contracts/index.ts';
import { isMember } from './team-members.ts';

/** Whether there is a decision that somebody may overturn: anybody of the team, as long as the case is not erased. */
export function mayOverturn(workflow: Workflow, { decision, erasedAtMs }: Case, person: string): boolean {
  return decision !== null && erasedAtMs === undefined && isMember(workflow, person);
}
