import type { Workflow } from '../../authoring/index.ts';
import type { Case } from '../../contracts/index.ts';
import { listedSubjects, subjectsOf } from '../../domain/erasure/subjects.ts';
import type { ErasableBy, SubjectDigests } from '../../ports/index.ts';

/** Whom it is about stands in its lists by a keyed digest alone. */
export async function erasableBy(
  subjects: SubjectDigests,
  workflow: Workflow,
  { input, problems, openedAtMs }: Pick<Case, 'input' | 'problems' | 'openedAtMs'>,
): Promise<ErasableBy> {
  const names = listedSubjects(subjectsOf(workflow.input, input, problems.length === 0));
  const day = new Date(openedAtMs).toISOString().slice(0, 10);
  return { subjects: await Promise.all(names.map((name) => subjects.of(name))), day };
}
