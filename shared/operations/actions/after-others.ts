import type { CaseStore } from '../../ports/index.ts';
import { NeedsPersonError } from './needs-person-error.ts';
import type { PerformedAction } from './performed-action.ts';

/**
 * An action may have to come after others of its case. A yes to the question that named them missing lets it go all the
 * same; one that was given before does not.
 * @throws NeedsPersonError naming those that are not done.
 */
export async function checkOthersDone(
  ports: { readonly cases: CaseStore },
  { workflow, definition, case: case_, request }: PerformedAction,
): Promise<void> {
  if (definition.after.length === 0) return;
  const known = await ports.cases.actions(case_.id);
  const missing = definition.after.filter((name) =>
    known.every(({ action, state }) => action !== name || state !== 'done'),
  );
  if (missing.length === 0) return;
  const titles = missing.map((name) => workflow.actions[name]?.title ?? name).join(', ');
  const reason = `This comes after what has not been done in this case: ${titles}.`;
  if (request?.state === 'answered' && request.reasons.includes(reason)) return;
  throw new NeedsPersonError(reason);
}
