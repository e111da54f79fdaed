import type { Workflow } from '../../authoring/index.ts';
import type { Action, JsonObject, Note, Outcome, Phase, Reading, Verdict } from '../../contracts/index.ts';
import type { Findings } from '../../domain/patterns/findings.ts';
import type { PlanContext } from '../../domain/plan-actions.ts';
import type { Advance, Advanced } from '../step-contracts.ts';

/** What one round of a case came to, before it is on record. */
export interface Round {
  readonly next: Advanced['next'];
  readonly outcome: Outcome | null;
  /** Who decided. */
  readonly by: string;
  readonly decision: JsonObject | null;
  readonly confidence: number;
  readonly verdict: Verdict;
  readonly actions: readonly Action[];
  readonly segment: string | null;
  readonly phase: Phase | null;
  /** What the agents came to; null in a round of a person. */
  readonly findings: Findings | null;
  /** What a person told the agents in this round. */
  readonly note: (Note & { readonly requestId: string }) | null;
}

/** Where the state machine goes after each verdict. */
export const NEXT_AFTER = { act: 'act', ask: 'ask', review: 'review', stop: 'close' } as const;

/** A round that ends the case without an action. */
export function endedBy(by: string, outcome: Outcome, text: string): Round {
  return {
    ...{ next: 'close', outcome, by, decision: null, confidence: 1, actions: [], segment: null, phase: null },
    verdict: { kind: 'stop', reasons: [{ code: `person-${outcome}`, text }] },
    findings: null,
    note: null,
  };
}

export function planContext(
  workflow: Workflow,
  { pinned, round }: Advance,
  made: { readonly phase: Phase; readonly readings: readonly Reading[]; readonly known: readonly Action[] },
): PlanContext {
  const { caseId, versions, input } = pinned;
  return { caseId, workflow, version: versions.workflow, round, input: input as JsonObject, ...made };
}
