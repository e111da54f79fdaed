import { type ConfirmedCase, MOST_CONFIRMED } from '../../contracts/index.ts';

type Label = ConfirmedCase['labels'][string];

/** Values that the cases under one key have for a field, one a case, oldest first. */
export interface CountedLabels {
  readonly all: readonly Label[];
  /** Without what one person alone has said against the agents: by these alone may anything be decided without a person. */
  readonly firm: readonly Label[];
}

/**
 * What people said under one key. What a person put right shows in what is suggested next, and makes nothing firm until
 * another person has said the same under that key: so nobody turns what is decided by their corrections alone. `known`:
 * cases that the model was trained on; they would count twice.
 */
export function countedLabels(
  cases: readonly ConfirmedCase[],
  field: string,
  known: ReadonlySet<string>,
): CountedLabels {
  const found = newest(cases).filter(({ labels, caseId }) => Object.hasOwn(labels, field) && !known.has(caseId));
  const firm = found.filter((one) => !one.corrected.includes(field) || isSaidByTwo(one, field, found));
  const labelOf = ({ labels }: ConfirmedCase): Label => labels[field] ?? null;
  return { all: found.map(labelOf), firm: firm.map(labelOf) };
}

/**
 * Whether a yes only repeats what the same person has put right before: then the agents had it from nobody else, and it
 * speaks for itself no more than the correction did.
 */
export function repeatsOwnWord(
  yes: Pick<ConfirmedCase, 'by' | 'labels'>,
  field: string,
  underOneKey: readonly ConfirmedCase[],
): boolean {
  const same = underOneKey.filter(({ labels }) => labels[field] === yes.labels[field]);
  return same.some(({ corrected }) => corrected.includes(field)) && same.every(({ by }) => by === yes.by);
}

function isSaidByTwo(one: ConfirmedCase, field: string, all: readonly ConfirmedCase[]): boolean {
  return all.some(({ by, labels }) => by !== one.by && labels[field] === one.labels[field]);
}

/** As many as are kept, oldest first. */
export function newest(cases: readonly ConfirmedCase[], most = MOST_CONFIRMED): readonly ConfirmedCase[] {
  const inOrder = cases.toSorted((a, b) => a.atMs - b.atMs || (a.caseId < b.caseId ? -1 : 1));
  return inOrder.slice(Math.max(0, inOrder.length - most));
}
