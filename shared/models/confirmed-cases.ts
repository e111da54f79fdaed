import * as z from 'zod';
import type { JsonObject } from '../contracts/index.ts';
import { caseKeys } from '../domain/history/case-keys.ts';
import { type CountedLabels, countedLabels } from '../domain/history/counted-labels.ts';
import { historyFields } from '../domain/history/history-fields.ts';
import type { HistoryStore, Question } from '../ports/index.ts';
import type { LearnedModel, MoreCases, Scored } from './learned/index.ts';

/** What people confirmed in cases that share a key with this one, since the model was trained. */
export interface Confirmed {
  readonly all: readonly MoreCases[];
  /** Without what one person alone has said against the agents; null where that is all of it. */
  readonly firm: readonly MoreCases[] | null;
  /** In words, where it could not be read: the model answers then as it was trained, and decides nothing alone. */
  readonly doubts: readonly string[];
}

const NOTHING: Confirmed = { all: [], firm: null, doubts: [] };

/** One read, and none for an agent of whose fields none has a history that learns as it goes. */
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
    const counted = keys.map(({ paths, digest }) => ({
      paths,
      fields: fields.map((field) => [field, countedLabels(found.get(digest) ?? [], field, caseIds)] as const),
    }));
    const all = moreOf(counted, 'all');
    const isFirm = counted.every((key) => key.fields.every(([, { all, firm }]) => all.length === firm.length));
    return { all, firm: isFirm ? null : moreOf(counted, 'firm'), doubts: [] };
  } catch {
    return { ...NOTHING, doubts: [NOT_READ] };
  }
}

const NOT_READ = 'What people have confirmed lately could not be read: the learned model answers as it was trained.';

interface CountedKey {
  readonly paths: readonly string[];
  readonly fields: readonly (readonly [string, CountedLabels])[];
}

function moreOf(counted: readonly CountedKey[], which: keyof CountedLabels): readonly MoreCases[] {
  return counted
    .map(({ paths, fields }) => ({
      key: paths,
      labels: Object.fromEntries(fields.map(([field, labels]) => [field, labels[which]])),
    }))
    .filter(({ labels }) => Object.values(labels).some(({ length }) => length > 0));
}

/**
 * What the model says with all that people confirmed. Where it would not say, or decide, the same without what one person
 * alone has put right, another person decides.
 */
export function scoredWith(model: LearnedModel, input: JsonObject, { all, firm }: Confirmed): Scored {
  const scored = model.score(input, all);
  if (firm === null) return scored;
  const sure = model.score(input, firm);
  const turned = Object.keys(scored.fields).filter((name) => isTurned(scored.fields[name], sure.fields[name]));
  if (turned.length === 0 && (sure.decides || !scored.decides)) return scored;
  const words = turned.length === 0 ? 'What it is sure of' : turned.join(' and ');
  return {
    ...scored,
    decides: false,
    unknown: [...scored.unknown, `${words}: by the corrections of one person alone`],
  };
}

type Field = Scored['fields'][string] | undefined;

function isTurned(all: Field, firm: Field): boolean {
  return all?.value !== firm?.value || (all?.passes === true && firm?.passes !== true);
}

function ownHistoryFields({ workflow, agent: { decides, each } }: Question): readonly string[] {
  if (each !== undefined) return [];
  const own = decides instanceof z.ZodObject ? new Set(Object.keys(decides.shape)) : null;
  return historyFields(workflow).filter((field) => own === null || own.has(field));
}
