import { subjectsOf } from '../../shared/domain/erasure/subjects.ts';
import { markedFields } from '../../shared/domain/marked-fields.ts';
import { valuesAt } from '../../shared/domain/masking.ts';
import { loadWorkflows } from '../build/load-workflows.ts';
import { Problem } from '../command/problem.ts';
import type { SubjectCase } from '../erase.ts';
import { fetchCaseStory } from '../runtime/case-story.ts';
import { problemIn, type RuntimeClient } from '../runtime/client.ts';

/** A shorter text stands in what has nothing to do with the person. */
const SHORTEST = 3;

/** By what the mails and executions of these cases are known: their ids, and what the person is called in them. */
export async function textsOf(runtime: RuntimeClient, cases: readonly SubjectCase[]): Promise<readonly string[]> {
  const workflows = await loadWorkflows();
  const texts = new Set<string>();
  for (const { caseId, workflow: id } of cases) {
    texts.add(caseId);
    const story = await fetchCaseStory(runtime, caseId as Parameters<typeof fetchCaseStory>[1]);
    const workflow = workflows.find((one) => one.id === id);
    if (story === null || workflow === undefined) continue;
    const personal = markedFields(workflow.input, 'personal').flatMap(({ path }) => valuesAt(story.input, path));
    for (const text of [...subjectsOf(workflow.input, story.input, story.problems.length === 0), ...personal]) {
      texts.add(text);
    }
  }
  return [...texts].filter((text) => text.trim().length >= SHORTEST);
}

/** Empties the mailboxes and the histories of this machine of what holds one of these texts. */
export async function eraseHere(runtime: RuntimeClient, texts: readonly string[]): Promise<void> {
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const answer = await runtime.post('/_local/erase', { texts: texts.slice(from, from + AT_ONCE) });
    if (answer.status !== 200) throw new Problem(`Mails and histories here could not be erased: ${problemIn(answer)}`);
  }
}

const AT_ONCE = 100;
