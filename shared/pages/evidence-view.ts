import type { Reading } from '../contracts/index.ts';
import { type Fact, factsOf } from './facts.ts';
import type { Labels } from './field-labels.ts';

/** One source as it was read. */
export type EvidenceView = {
  readonly source: string;
  readonly title: string;
  readonly status: Reading['status'];
  readonly readAtMs: number;
  readonly problems: readonly string[];
  readonly facts: readonly Fact[];
  /** Bytes of a reading that is too long to be shown; null for one that is shown. */
  readonly longBytes: number | null;
  /** Whether the agent says that its answer rests on it; null where it does not say. */
  readonly isCited: boolean | null;
};

/** Sources with trouble first: they are what a person has to know. */
export function evidenceView(
  readings: readonly Reading[],
  titles: Readonly<Record<string, string>>,
  labels: Labels,
  cited: ReadonlySet<string> | null,
): EvidenceView[] {
  const views = readings.map(({ source, status, readAtMs, problems, data, kept }) => ({
    source,
    title: (Object.hasOwn(titles, source) && titles[source]) || source,
    status,
    readAtMs,
    problems: problems.map((problem) => (Object.hasOwn(labels, problem) && labels[problem]) || problem),
    longBytes: kept?.bytes ?? null,
    facts: data === null ? [] : factsOf(data, labels),
    isCited: cited === null ? null : cited.has(source),
  }));
  return views.sort((a, b) => trouble[a.status] - trouble[b.status]);
}

const trouble = { failed: 0, incomplete: 1, complete: 2 } as const;
