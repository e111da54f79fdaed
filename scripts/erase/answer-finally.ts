import type { CaseId, PersonRequest, Verb } from '../../shared/contracts/index.ts';
import { loadWorkflows } from '../build/load-workflows.ts';
import { Problem } from '../command/problem.ts';
import { fetchCaseStory } from '../runtime/case-story.ts';
import { problemIn, type RuntimeClient } from '../runtime/client.ts';

/** How a question is ended without anything being done because of it, the first of these that it takes. */
const ENDINGS: readonly Verb[] = ['take-over', 'reject'];
const LOOK_EVERY_MS = 500;
const MOST_LOOKS = 240;

/** Answers what a case asks as its owner, with a no, until the case is closed. @throws Problem where it does not end. */
export async function answerFinally(runtime: RuntimeClient, caseId: string, reason: string): Promise<void> {
  const workflows = await loadWorkflows();
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const story = await fetchCaseStory(runtime, caseId as CaseId);
    const owner = workflows.find(({ id }) => id === story?.workflow)?.team.owner;
    if (story === null || owner === undefined) throw new Problem(`Case ${caseId} is not there.`);
    const open = story.requests.find(({ state }) => state === 'open');
    if (open === undefined && story.state === 'closed') return;
    if (open?.kind === 'undo-action') {
      throw new Problem(`Case ${caseId} can be undone until its link runs out; the erasure has to wait for that.`);
    }
    if (open !== undefined) await answer(runtime, owner, open, reason);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Problem(`Case ${caseId} goes on still: try again when it waits for people or is closed.`);
}

async function answer(runtime: RuntimeClient, owner: string, request: PersonRequest, reason: string): Promise<void> {
  const verb = ENDINGS.find((one) => request.verbs.includes(one));
  if (verb === undefined) throw new Problem(`The question of case ${request.caseId} cannot be ended by a no.`);
  const body = { verb, digest: request.digest, reason };
  const { status, body: said } = await runtime.postAs(owner, `/api/requests/${request.id}/answer`, body);
  // Somebody else was first, which is as good.
  if (status !== 200 && status !== 409 && status !== 410) throw new Problem(problemIn({ status, body: said }));
}
