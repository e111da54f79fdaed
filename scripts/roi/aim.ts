import { type AimedCase, type AimFigures, aimFigures } from '../../evals/roi/aim.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { CaseId } from '../../shared/contracts/index.ts';
import { type CaseStory, fetchCaseStory } from '../runtime/case-story.ts';
import type { RuntimeClient } from '../runtime/client.ts';
import type { ListedCase } from '../runtime/list-cases.ts';

/** Each is asked for by itself, with its ledger. */
const MOST_CASES = 200;

/** How near the newest cases of a workflow came to its aim. */
export async function liveAim(
  runtime: RuntimeClient,
  { action }: NonNullable<Workflow['rollout']['aim']>,
  cases: readonly ListedCase[],
): Promise<AimFigures & { readonly cases: number }> {
  const aimed: AimedCase[] = [];
  for (const { caseId } of cases.slice(0, MOST_CASES)) {
    const story = await fetchCaseStory(runtime, CaseId.parse(caseId));
    if (story !== null) aimed.push(aimedCase(story, action));
  }
  return { ...aimFigures(aimed), cases: aimed.length };
}

function aimedCase({ verdict, decidedBy, openedAtMs, actions, ledger }: CaseStory, aim: string): AimedCase {
  const ids = new Set<string>(actions.filter((one) => one.action === aim).map(({ id }) => id));
  const done = ledger.find(({ event }) => event.type === 'action-done' && ids.has(event.actionId));
  return { verdict, decidedBy, openedAtMs, reachedAtMs: done?.atMs ?? null };
}
