import type { Case, Outcome } from '../contracts/index.ts';
import { type CaseWrite, ConflictError, type Telemetry } from '../ports/index.ts';

/** How a case ends. */
export interface End {
  readonly caseId: Case['id'];
  readonly workflow: string;
  readonly openedAtMs: number;
  readonly personAsked: boolean;
  readonly costUsd: number;
  readonly outcome: Outcome;
}

/** What puts the end of a case on record, once: the write holds only while the case is open. */
export function closingWrite(
  { openedAtMs, personAsked, costUsd, outcome }: End,
  closedAtMs: number,
): Required<Pick<CaseWrite, 'events' | 'head' | 'expectOpen'>> {
  const tookMs = closedAtMs - openedAtMs;
  return {
    events: [{ type: 'case-closed', outcome, costUsd, tookMs, personAsked }],
    head: { state: 'closed', outcome, closedAtMs, reopened: false },
    expectOpen: true,
  };
}

/** Whether a write that ends a case was refused because another one was first, or somebody has written meanwhile. */
export function hasMovedOn(error: unknown): boolean {
  return error instanceof ConflictError && MOVED_ON.has(error.kind);
}

const MOVED_ON: ReadonlySet<ConflictError['kind']> = new Set(['case-closed', 'ledger-moved', 'round-over']);

export function tellClosed(telemetry: Telemetry, end: End, closedAtMs: number): void {
  const { caseId, workflow, outcome, personAsked } = end;
  telemetry.log('case-closed', { caseId, workflow, outcome, tookMs: closedAtMs - end.openedAtMs, personAsked });
}
