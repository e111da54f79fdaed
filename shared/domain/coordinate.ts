import type { Workflow } from '../authoring/index.ts';
import type { TurnResult } from '../contracts/index.ts';

/** Which turns are due next, or that the agents are through. */
export type Coordination =
  | { readonly kind: 'turns'; readonly agents: readonly string[] }
  | { readonly kind: 'decided'; readonly turn: TurnResult };

/**
 * The pattern *single*: one turn of the one agent, then decided. Sequence, panel and orchestrator are further cases of
 * this function; the state machine's loop does not change with them.
 */
export function coordinate(workflow: Workflow, turns: readonly TurnResult[]): Coordination {
  const last = turns.at(-1);
  if (last !== undefined) return { kind: 'decided', turn: last };
  return { kind: 'turns', agents: workflow.agents.slice(0, 1).map((agent) => agent.id) };
}
