import type { Workflow } from '../authoring/index.ts';
import type { Case, JsonObject } from '../contracts/index.ts';
import { type PastCase, pastCaseOf } from '../domain/back-test.ts';
import type { CaseStore, Clock } from '../ports/index.ts';
import { keyOf } from './rounds/agents-round.ts';

/** Ledgers that are read at once. */
const PAGE = 25;

/** Long enough for some thousand ledgers, and within what an answer may take. */
const LONGEST_READ_MS = 20_000;

/** No ports for models or effects: what is past is read, and nothing else happens. */
export interface ReadPastPorts {
  readonly cases: CaseStore;
  readonly clock: Clock;
}

export interface Period {
  readonly sinceMs: number;
  /** Not included. */
  readonly untilMs: number;
  /** More closed cases than this are not looked at. */
  readonly maximumCases: number;
}

export interface Past {
  readonly cases: readonly PastCase[];
  /** In words, where it did not come to the beginning of the period: what is older was not looked at. */
  readonly stopped: string | null;
}

/** Cases of a workflow that were opened and closed in a period, newest first, with what their ledgers say. */
export async function readPast(ports: ReadPastPorts, workflow: Workflow, period: Period): Promise<Past> {
  const deadlineMs = ports.clock.nowMs() + LONGEST_READ_MS;
  const cases: PastCase[] = [];
  let seen = 0;
  let after: string | null = null;
  do {
    const limit = Math.min(PAGE, period.maximumCases - seen);
    const page: Awaited<ReturnType<CaseStore['list']>> = await ports.cases.list({
      ...{ workflow: workflow.id, state: 'closed', limit, after },
    });
    const wanted = page.items.filter((case_) => isWithin(case_, period));
    cases.push(...(await Promise.all(wanted.map((case_) => pastOf(ports, workflow, case_)))));
    seen += limit;
    after = page.items.some(({ openedAtMs }) => openedAtMs < period.sinceMs) ? null : page.next;
    const stopped = after === null ? null : stopWords(ports, period, { seen, deadlineMs });
    if (stopped !== null) return { cases, stopped: `${stopped} Older ones were not looked at.` };
  } while (after !== null);
  return { cases, stopped: null };
}

function isWithin({ openedAtMs, closedAtMs }: Case, { sinceMs, untilMs }: Period): boolean {
  return openedAtMs >= sinceMs && closedAtMs !== null && closedAtMs < untilMs;
}

async function pastOf({ cases }: ReadPastPorts, workflow: Workflow, case_: Case): Promise<PastCase> {
  const ledger = await cases.ledger(case_.id);
  return pastCaseOf({ workflow, case: case_, ledger, caseKey: keyOf(workflow, case_.input as JsonObject) });
}

function stopWords(
  { clock }: ReadPastPorts,
  { maximumCases }: Period,
  { seen, deadlineMs }: { readonly seen: number; readonly deadlineMs: number },
): string | null {
  if (seen >= maximumCases) return `It stopped after the newest ${maximumCases} closed cases.`;
  return clock.nowMs() >= deadlineMs ? `It stopped after ${seen} closed cases, when its time was up.` : null;
}
