import type { Workflow } from '../../authoring/index.ts';
import { type Case, type ConfirmedCase, type DecisionRecord, MOST_CONFIRMED } from '../../contracts/index.ts';
import { type CaseKey, caseKeys, factsRead } from '../../domain/history/case-keys.ts';
import { newest, repeatsOwnWord } from '../../domain/history/counted-labels.ts';
import { historyFields } from '../../domain/history/history-fields.ts';
import { type SaidByPeople, saidByPeople } from '../../domain/history/said-by-people.ts';
import type { CaseWrite, HistoryStore, LessonChange, RecordChange } from '../../ports/index.ts';

type SettledCase = Pick<Case, 'id' | 'input' | 'readings' | 'problems' | 'erasedAtMs'>;

export interface Settled {
  readonly workflow: Workflow;
  readonly case_: SettledCase;
  /** As the write leaves it. */
  readonly record: DecisionRecord;
  readonly atMs: number;
}

/**
 * What the history of a learned model is taught by the write that changes the record of a decision: a yes or a correction is
 * remembered, in place of what the case taught before, and what is contested is taken back. Nothing for a workflow whose
 * model has no history that learns, and for a case whose data was erased.
 */
export async function lessonOf(
  history: HistoryStore,
  { workflow, case_, record, atMs }: Settled,
): Promise<Pick<CaseWrite, 'lesson'>> {
  if (historyFields(workflow).length === 0 || case_.erasedAtMs !== undefined) return {};
  const { id: caseId } = case_;
  const said = saidByPeople(record, workflow);
  const keys = said === null ? [] : keysOf(workflow, case_).map(({ digest }) => digest);
  const before = await history.lesson(caseId);
  if (keys.length === 0 && (before?.keys ?? []).length === 0) return {};
  const stored = keys.length === 0 ? NOTHING : await history.confirmed(keys);
  const confirmed = said === null || keys.length === 0 ? null : { caseId, atMs, ...withOwnWord(said, caseId, stored) };
  const revision = before === null ? 0 : before.revision + 1;
  const left = (before?.keys ?? []).filter((key) => !keys.includes(key));
  return {
    lesson: {
      ...{ lesson: { caseId, workflow: workflow.id, keys, revision }, from: before?.revision ?? null, confirmed },
      dropped: { ...tooMany(stored, caseId), ...Object.fromEntries(left.map((key) => [key, [caseId]])) },
    },
  };
}

/** The agents decide a case anew: what people said of their earlier decision teaches nothing any more. */
export async function lessonWithdrawn(
  history: HistoryStore,
  workflow: Workflow,
  change: RecordChange | null,
): Promise<Pick<CaseWrite, 'lesson'>> {
  if (change === null || change.from === null || historyFields(workflow).length === 0) return {};
  const before = await history.lesson(change.record.caseId);
  if (before === null || before.keys.length === 0) return {};
  const { caseId, keys, revision } = before;
  const lesson = { caseId, workflow: workflow.id, keys: [], revision: revision + 1 };
  return {
    lesson: {
      ...{ lesson, from: revision, confirmed: null },
      dropped: Object.fromEntries(keys.map((key) => [key, [caseId]])),
    },
  };
}

type Stored = ReadonlyMap<string, readonly ConfirmedCase[]>;
const NOTHING: Stored = new Map();

/** By key, those that give way to this case. */
function tooMany(stored: Stored, caseId: string): LessonChange['dropped'] {
  const over = [...stored].map(([key, cases]): [string, readonly string[]] => {
    const others = cases.filter((one) => one.caseId !== caseId);
    const kept = new Set(newest(others, MOST_CONFIRMED - 1));
    return [key, others.filter((one) => !kept.has(one)).map((one) => one.caseId)];
  });
  return Object.fromEntries(over.filter(([, dropped]) => dropped.length > 0));
}

/** A yes to what the same person has put right before, under any key of the case, is no more than that was. */
function withOwnWord(said: SaidByPeople, caseId: string, stored: Stored): SaidByPeople {
  const others = [...stored.values()].map((cases) => cases.filter((one) => one.caseId !== caseId));
  const corrected = Object.keys(said.labels).filter(
    (field) => said.corrected.includes(field) || others.some((cases) => repeatsOwnWord(said, field, cases)),
  );
  return { ...said, corrected };
}

/** An answer must not fail because of signals that cannot be read: then nothing is taught. */
function keysOf(workflow: Workflow, case_: SettledCase): readonly CaseKey[] {
  const facts = factsRead(case_);
  if (facts === null || case_.problems.length > 0) return [];
  try {
    return caseKeys(workflow, facts);
  } catch {
    return [];
  }
}
