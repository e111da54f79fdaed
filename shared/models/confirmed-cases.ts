import * as z from 'zod';
import { caseKeys } from '../domain/history/case-keys.ts';
import { countedLabels } from '../domain/history/counted-labels.ts';
import { historyFields } from '../domain/history/history-fields.ts';
import type { HistoryStore, Question } from '../ports/index.ts';
import type { LearnedModel, MoreCases } from './learned/index.ts';

/** What people confirmed in cases that share a key with this one, since the model was trained. */
export interface Confirmed {
  readonly more: readonly MoreCases[];
  /** In words, where it could not be read: the model answers then as it was trained, and decides nothing alone. */
  readonly doubts: readonly string[];
}

const NOTHING: Confirmed = { more: [], doubts: [] };

/** One read, and none for an agent of whose fields none has a history that learns. */
export async function confirmedFor(
  history: HistoryStore | null,
  question: Question,
  { caseIds }: Pick<LearnedModel, 'caseIds'>,
): Promise<Confirmed> {
  const fields = ownHistoryFields(question);
  if (history === null || fields.length === 0) return NOTHING;
  const { workflow, input, readings } = question;
  const sources = Object.fromEntries(readings.map(({ source, data }) => [source, data]));
  try {
    const keys = caseKeys(workflow, { input, sources });
    const found = await history.confirmed(keys.map(({ digest }) => digest));
    const more = keys.map(({ paths, digest }) => ({
      key: paths,
      labels: Object.fromEntries(
        fields.map((field) => [field, countedLabels(found.get(digest) ?? [], field, caseIds)]),
      ),
    }));
    return { more: more.filter(({ labels }) => Object.values(labels).some(({ length }) => length > 0)), doubts: [] };
  } catch {
    return { more: [], doubts: [NOT_READ] };
  }
}

const NOT_READ = 'What people have confirmed lately could not be read: the learned model answers as it was trained.';

function ownHistoryFields({ workflow, agent: { decides, each } }: Question): readonly string[] {
  if (each !== undefined) return [];
  const own = decides instanceof z.ZodObject ? new Set(Object.keys(decides.shape)) : null;
  return historyFields(workflow).filter((field) => own === null || own.has(field));
}
