import type { Workflow } from '../authoring/index.ts';
import type { PastOpinion } from '../contracts/index.ts';
import { tolerancesOf } from '../domain/agreement.ts';
import { pastOpinions } from '../domain/calibration.ts';
import type { Clock, RecordStore } from '../ports/index.ts';

/** Of each segment, the newest; older ones say little of how good a model is today. */
const LATEST = 200;

/** How long what was read serves other cases too. One answer more or less changes no curve. */
const FRESH_MS = 5 * 60_000;

interface Known {
  readonly atMs: number;
  readonly past: Promise<readonly PastOpinion[]>;
}

const known = new WeakMap<RecordStore, Map<string, Known>>();

/**
 * What people made of what models said in this version of a workflow, all segments together. Read at most every five
 * minutes by one process, and only when asked for. @throws when it cannot be read; it is tried again then.
 */
export function pastOf(
  { records, clock }: { readonly records: RecordStore; readonly clock: Clock },
  workflow: Workflow,
  version: string,
): Promise<readonly PastOpinion[]> {
  const own = known.get(records) ?? new Map<string, Known>();
  known.set(records, own);
  const key = `${workflow.id} ${version}`;
  const before = own.get(key);
  if (before !== undefined && clock.nowMs() - before.atMs < FRESH_MS) return before.past;
  const past = readPast(records, workflow, version);
  own.set(key, { atMs: clock.nowMs(), past });
  past.catch(() => own.delete(key));
  return past;
}

/** The same, as it is now. */
export async function readPast(
  records: RecordStore,
  workflow: Workflow,
  version: string,
): Promise<readonly PastOpinion[]> {
  const segments = [null, ...workflow.segments.map(({ id }) => id)];
  const latest = segments.map((segment) => records.latest({ workflow: workflow.id, segment, version, limit: LATEST }));
  return pastOpinions((await Promise.all(latest)).flat(), tolerancesOf(workflow));
}
