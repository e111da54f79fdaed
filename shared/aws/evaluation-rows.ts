import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './case-items.ts';

/** All items of a partition whose sort key begins so. */
export type PartOf = (pk: AttributeValue, beginsWith: string) => Promise<readonly Item[]>;

/** What an erasure takes out of the evaluations of a workflow. */
export interface EvaluationItems {
  /** Rows of examples, and what the agent saw of them. */
  readonly rows: readonly Item[];
  /** Models that were trained on such an example. */
  readonly models: readonly Item[];
}

/** What the evaluations of a workflow hold of somebody. A model holds words of those that it learned from. */
export async function evaluationItems(
  partOf: PartOf,
  workflow: string,
  isAbout: (item: Item) => boolean,
): Promise<EvaluationItems> {
  const rows: Item[] = [];
  const models: Item[] = [];
  for (const { evaluation } of await partOf({ S: evaluationsOf(workflow) }, '')) {
    const pk = { S: evaluationPartition(evaluation?.S ?? '') };
    const kept = [...(await partOf(pk, 'result#')), ...(await partOf(pk, 'sight#'))].filter(isAbout);
    if (kept.length === 0) continue;
    rows.push(...kept);
    for (const pointer of await partOf(pk, 'file#model-')) {
      models.push(...(await partOf(pk, `part#${pointer['digest']?.S ?? ''}#`)), pointer);
    }
  }
  return { rows, models };
}

/** The partition in which the evaluations of a workflow are listed, oldest first. */
export function evaluationsOf(workflow: string): string {
  return `evaluations-of#${workflow}`;
}

/** The partition in which all that belongs to one evaluation lies. */
export function evaluationPartition(id: string): string {
  return `evaluation#${id}`;
}
