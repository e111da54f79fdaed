import * as z from 'zod';
import type { Action, JsonObject, PersonRequest } from '../../contracts/index.ts';
import type { AnswerOutcome } from '../../domain/answers.ts';
import { type Approvers, approversOf } from '../../domain/approval.ts';
import { isSamePerson } from '../../domain/people.ts';
import { intentKey, withArguments } from '../../domain/plan-actions.ts';
import { editableSchema } from '../editable-schema.ts';
import type { LoadedRequest } from '../load-request.ts';

/** An edit that fits its schema, its values as the schema has them, or what is wrong with it. */
export function parseEdits(loaded: LoadedRequest, edits: JsonObject): { value: JsonObject } | { problem: string } {
  const { action, workflow } = loaded;
  if (action !== null && workflow.actions[action.action] === undefined) {
    return { problem: 'This action is not part of the workflow any more: it can be taken or refused only as it is.' };
  }
  const parsed = editableSchema(loaded).safeParse(edits);
  return parsed.success ? { value: parsed.data } : { problem: z.prettifyError(parsed.error) };
}

/** The action as it was edited, judged again. It cannot become another action, and not what a person has refused. */
export function editedAction(
  loaded: LoadedRequest,
  action: Action,
  { edits, closed }: { readonly edits: JsonObject; readonly closed: readonly Action['intent'][] },
): { readonly action: Action } | { readonly problem: string } {
  const { workflow, case: case_ } = loaded;
  const edited = withArguments({ caseId: case_.id, workflow, version: case_.versions.workflow }, action, edits);
  const isClosed = closed.some((intent) => intentKey(intent) === intentKey(edited.intent));
  if (isClosed) return { problem: `A person has refused this for ${edited.intent.target} in this case.` };
  return { action: edited };
}

/**
 * An edit that others have to agree with: where several people must say yes, or the new values need other people. The
 * question then stands about the new values; who edited counts for them as far as they are among those asked.
 */
export function askedAgain(
  loaded: LoadedRequest,
  outcome: Extract<AnswerOutcome, { kind: 'answered' | 'counted' }>,
  edited: Action,
): PersonRequest | null {
  const before = loaded.request;
  const given = outcome.kind === 'answered' ? outcome.request.answer : outcome.vote;
  const needed = neededFor(loaded, edited);
  const mayDecide = [...needed.people, ...(before.reminded ? needed.nextPeople : [])].some((person) =>
    isSamePerson(person, given.onBehalfOf ?? given.by),
  );
  if (outcome.kind === 'answered' && needed.quorum === 1 && mayDecide) return null;
  const { draft, digest } = { draft: edited.arguments, digest: edited.digest };
  const votes = mayDecide ? [given] : [];
  return { ...before, ...needed, draft, digest, votes, revision: before.revision + 1 };
}

function neededFor({ workflow, case: case_ }: LoadedRequest, edited: Action): Approvers {
  const { team } = workflow;
  const { input, requestedBy } = case_;
  return approversOf({
    ...{ team, definition: workflow.actions[edited.action] ?? null, amount: edited.amount, input, requestedBy },
  });
}
