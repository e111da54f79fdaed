import { withoutPerson } from '../../domain/erasure/erased-letter.ts';
import type { DeadLetters } from '../../ports/index.ts';

/** Whose letters. */
export interface LettersOf {
  /** As `subjectName` writes it. */
  readonly name: string;
  readonly workflows: ReadonlySet<string>;
  /** Those of no such workflow too. */
  readonly others: boolean;
}

/** How many dead letters speak of a person, by workflow; under null those of no such workflow. */
export async function deadLettersOf(letters: DeadLetters, of: LettersOf): Promise<ReadonlyMap<string | null, number>> {
  const counts = new Map<string | null, number>();
  await letters.lookThrough((text) => {
    const found = letterOf(text, of);
    if (found !== null) counts.set(found.workflow, (counts.get(found.workflow) ?? 0) + 1);
    return 'keep';
  });
  return counts;
}

/** Takes a person out of all of them. */
export async function eraseDeadLetters(letters: DeadLetters, of: LettersOf): Promise<void> {
  await letters.lookThrough((text) => {
    const found = letterOf(text, of);
    if (found === null) return 'keep';
    return found.left === null ? 'remove' : { replaceBy: found.left };
  });
}

function letterOf(text: string, { name, workflows, others }: LettersOf) {
  const found = withoutPerson(text, name);
  if (found === null) return null;
  const { workflow, left } = found;
  if (workflow !== null && workflows.has(workflow)) return { workflow, left };
  return others ? { workflow: null, left } : null;
}
