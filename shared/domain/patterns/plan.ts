import * as z from 'zod';
import type { Agent, Workflow } from '../../authoring/index.ts';
import type { DueTurn, JsonObject, Reason, TurnResult } from '../../contracts/index.ts';
import { type Findings, undecided } from './findings.ts';

/** Turns of one run of the agents, those that ran side by side together, in order. */
export type Waves = readonly (readonly TurnResult[])[];

/** Which turns are due next, or that the agents are through. */
export type Coordination =
  | {
      readonly kind: 'turns';
      readonly turns: readonly DueTurn[];
      /** The vote that led to them; null where none did. */
      readonly count: Findings['count'];
    }
  | { readonly kind: 'decided'; readonly findings: Findings };

export function due(turns: readonly DueTurn[], count: Findings['count'] = null): Coordination {
  return { kind: 'turns', turns, count };
}

export function decided(findings: Findings): Coordination {
  return { kind: 'decided', findings };
}

/** A person decides, for a reason that has a code. */
export function stopped(waves: Waves, code: string, text: string): Coordination {
  return decided(undecided(waves, [{ code, text }]));
}

export function agentIn({ agents }: Workflow, id: string | undefined): Agent | undefined {
  return agents.find((agent) => agent.id === id);
}

/** How an agent is called where people read of it. */
export function titleIn(workflow: Workflow, id: string): string {
  return agentIn(workflow, id)?.title ?? id;
}

export type HandOver =
  | { readonly ok: true; readonly handOver: JsonObject | null }
  | { readonly ok: false; readonly reason: Reason };

/** What an agent is handed, as it takes it. Nothing for one that takes nothing; what does not fit goes to a person. */
export function handOverTo(workflow: Workflow, id: string, from: string, value: JsonObject | null): HandOver {
  const agent = agentIn(workflow, id);
  const refused = (why: string): HandOver => {
    const text = `${titleIn(workflow, from)} could not hand over to ${titleIn(workflow, id)}: ${why}`;
    return { ok: false, reason: { code: 'hand-over-refused', text } };
  };
  if (agent === undefined) return refused('there is no such agent.');
  if (agent.takes === null) return { ok: true, handOver: null };
  const parsed = agent.takes.safeParse(value);
  if (parsed.success) return { ok: true, handOver: parsed.data };
  return refused(z.prettifyError(parsed.error).slice(0, LONGEST_PROBLEM).toWellFormed());
}

const LONGEST_PROBLEM = 300;
