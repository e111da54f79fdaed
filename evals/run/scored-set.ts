import { OWN_EXAMPLES } from '../../shared/contracts/index.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { withoutSeen } from './deal-examples.ts';
import { type Labelled, labelledDigest } from './labelled.ts';

/** The cases of a run, and how it stands to what the learned model was trained on. */
export interface ScoredSet {
  readonly name: string;
  /** It is the workflow's own training set. */
  readonly isOwn: boolean;
  readonly examples: readonly Labelled[];
  /** Ids of those that were left out, because the learned model was trained on them. */
  readonly seen: readonly string[];
}

export interface Choice {
  readonly name: string;
  readonly training: readonly Labelled[];
  /** Null for the training set itself. */
  readonly set: readonly Labelled[] | null;
  /** The learned model answers, so what it has seen is left out. */
  readonly isLearning: boolean;
  readonly limit: number | null;
}

/** What is scored. Without examples where the learned model was trained on all of them. */
export function scoredSet({ name, training, set, isLearning, limit }: Choice): ScoredSet {
  const given = set ?? training;
  const { unseen, seen } = set !== null && isLearning ? withoutSeen(given, training) : { unseen: given, seen: [] };
  const examples = unseen.slice(0, limit ?? unseen.length);
  return { name, isOwn: set === null, examples, seen: seen.map(({ id }) => id) };
}

/** Tells the cases and labels of a run from those of another. */
export function setDigest(examples: readonly Labelled[]): string {
  return sha256(examples.map(labelledDigest).join(' ')).slice(0, 16);
}

/** Where a set of a workflow lies, below the project and beside the function that runs it. */
export function setPath(workflow: string, set: string): string {
  return set === OWN_EXAMPLES ? `agents/${workflow}/examples.jsonl` : `agents/${workflow}/sets/${set}.jsonl`;
}
