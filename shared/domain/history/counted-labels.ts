import { type ConfirmedCase, MOST_CONFIRMED } from '../../contracts/index.ts';

type Label = ConfirmedCase['labels'][string];

/**
 * What counts for a field of the cases under one key, oldest first: one value a case. A correction counts once another person
 * has said the same under that key, so that nobody turns what is decided by their corrections alone. What people agreed
 * with counts at once: it cannot turn anything. `known`: cases that the model was trained on; they would count twice.
 */
export function countedLabels(
  cases: readonly ConfirmedCase[],
  field: string,
  known: ReadonlySet<string>,
): readonly Label[] {
  const all = newest(cases).filter(({ labels, caseId }) => Object.hasOwn(labels, field) && !known.has(caseId));
  const labelOf = ({ labels }: ConfirmedCase): Label => labels[field] ?? null;
  const isSecond = (one: ConfirmedCase): boolean =>
    all.some((other) => other.by !== one.by && labelOf(other) === labelOf(one));
  return all.filter((one) => !one.corrected.includes(field) || isSecond(one)).map(labelOf);
}

/** As many as are kept, oldest first. */
export function newest(cases: readonly ConfirmedCase[], most = MOST_CONFIRMED): readonly ConfirmedCase[] {
  const inOrder = cases.toSorted((a, b) => a.atMs - b.atMs || (a.caseId < b.caseId ? -1 : 1));
  return inOrder.slice(Math.max(0, inOrder.length - most));
}
