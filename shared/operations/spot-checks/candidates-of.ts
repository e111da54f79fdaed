import type { Workflow } from '../../authoring/index.ts';
import type { Case, DecisionRecord } from '../../contracts/index.ts';
import { segmentKey } from '../../domain/phase-changes.ts';
import type { Candidate } from '../../domain/spot-checks/draw.ts';
import type { CaseStore, RecordStore } from '../../ports/index.ts';

const DAY_MS = 86_400_000;
const PAGE = 100;

/** A case may end on another day than it began, held actions being what takes so long. */
const LONGEST_DAYS = 2;

/** Of these standings, no person had a say in the decision. */
const ALONE: ReadonlySet<DecisionRecord['standing']> = new Set(['alone', 'released']);

/**
 * The cases that ended on a day (UTC) without a person, from the list of closed cases, newest first; none that was
 * overturned since, and no question with a known answer. Cases that took longer than two days are not looked at.
 */
export async function candidatesOf(
  { cases, records }: { readonly cases: CaseStore; readonly records: RecordStore },
  workflow: Workflow,
  day: string,
): Promise<readonly Candidate[]> {
  const fromMs = Date.parse(`${day}T00:00:00Z`);
  const untilMs = fromMs + DAY_MS;
  const found: Candidate[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<CaseStore['list']>> = await cases.list({
      ...{ workflow: workflow.id, state: 'closed', limit: PAGE, after },
    });
    const ended = page.items.filter((one) => isEndedIn(one, fromMs, untilMs));
    const known = await records.ofCases(ended.map(({ id }) => id));
    const alone = new Map(known.filter(isAlone).map((record) => [record.caseId, record]));
    found.push(...ended.flatMap((one) => candidateOf(one, alone.get(one.id))));
    const oldest = page.items.at(-1)?.openedAtMs ?? 0;
    after = oldest < fromMs - LONGEST_DAYS * DAY_MS ? null : page.next;
  } while (after !== null);
  return found;
}

function isEndedIn({ closedAtMs, personAsked, outcome }: Case, fromMs: number, untilMs: number): boolean {
  if (closedAtMs === null || personAsked || outcome === 'overturned') return false;
  return closedAtMs >= fromMs && closedAtMs < untilMs;
}

function isAlone({ standing, agentDecision }: DecisionRecord): boolean {
  return ALONE.has(standing) && agentDecision !== null;
}

function candidateOf({ confidence, settings }: Case, record: DecisionRecord | undefined): readonly Candidate[] {
  if (record === undefined || confidence === null) return [];
  const { caseId, segment, version } = record;
  return [
    {
      ...{ caseId, segment: segmentKey(segment), version, confidence },
      minimumConfidence: settings.minimumConfidence,
    },
  ];
}
