import type { Workflow } from '../../shared/authoring/index.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { digestOf } from '../../shared/domain/digest.ts';
import { prepareCases } from '../../shared/models/learned/cases.ts';
import type { Example } from '../../shared/models/learned/contract.ts';
import { dealFolds, FOLDS } from '../../shared/models/learned/folds.ts';
import { learnedInput } from '../../shared/models/learned-input.ts';
import type { Labelled } from './labelled.ts';

export interface Fold {
  readonly fold: number;
  /** Ids of the examples that its model learns from, and of those that it scores. */
  readonly trainedOn: readonly string[];
  readonly scores: readonly string[];
}

/** An example as the learned model is taught it. */
export function taught(workflow: Workflow, { id, input, expected, group, date }: Labelled): Example {
  return {
    id,
    input: learnedInput(workflow, { input: input.input, sources: input.sources }),
    expected: expected as Example['expected'],
    ...(group === undefined ? {} : { group }),
    ...(date === undefined ? {} : { date }),
  };
}

/**
 * Cross-fitting: each example is scored by a model that was trained without it, without its group and without copies of it,
 * thresholds and all. Examples with the same labels are dealt out evenly.
 */
export function dealExamples(workflow: Workflow, examples: readonly Labelled[]): Fold[] {
  const cases = prepareCases(
    examples.map((example) => taught(workflow, example)),
    workflow.learned,
  );
  const labels = cases.examples.map(({ expected }) => JSON.stringify(expected));
  const known = [...new Set(labels)].sort();
  const rows = cases.units.map((unit, row) => ({ row, unit, label: known.indexOf(labels[row] ?? '') }));
  const idOf = (row: number): string => cases.examples[row]?.id ?? '';
  return dealFolds(rows, FOLDS).map(({ fit, check }, fold) => ({
    fold,
    trainedOn: [...fit].map(idOf),
    scores: [...check].map(idOf),
  }));
}

/** Splits a set for scoring: `seen` holds what the training set has too, by id, group or content. */
export function withoutSeen(
  examples: readonly Labelled[],
  training: readonly Labelled[],
): { readonly unseen: readonly Labelled[]; readonly seen: readonly Labelled[] } {
  const ids = new Set(training.map(({ id }) => id));
  const groups = new Set(training.flatMap(({ group }) => group ?? []));
  const inputs = new Set(training.map(({ input }) => digestOf(input as JsonObject)));
  const isSeen = ({ id, group, input }: Labelled): boolean =>
    ids.has(id) || (group !== undefined && groups.has(group)) || inputs.has(digestOf(input as JsonObject));
  return { unseen: examples.filter((one) => !isSeen(one)), seen: examples.filter(isSeen) };
}
