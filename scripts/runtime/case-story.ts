import * as z from 'zod';
import { Action, Case, CaseId, Cursor, LedgerEntry, PersonRequest } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';
import { problemIn, type RuntimeClient } from './client.ts';

/** A case with everything that belongs to it, as `GET /api/cases/{id}?ledger=true` answers it. */
export const CaseStory = Case.omit({ id: true }).extend({
  caseId: CaseId,
  /** Where the case says that its ledger ends. */
  chain: Cursor,
  actions: z.array(Action),
  requests: z.array(PersonRequest),
  ledger: z.array(LedgerEntry),
});
export type CaseStory = z.infer<typeof CaseStory>;

/** @returns null while there is no such case (yet). */
export async function fetchCaseStory(runtime: RuntimeClient, caseId: CaseId): Promise<CaseStory | null> {
  const body = await fetchCase(runtime, caseId);
  if (body === null) return null;
  const story = CaseStory.safeParse(body);
  if (!story.success)
    throw new Problem(`The case was answered in a form that is not understood:\n${z.prettifyError(story.error)}`);
  return story.data;
}

/** The answer as it came, for those who check it byte by byte. */
export async function fetchCase(runtime: RuntimeClient, caseId: CaseId): Promise<unknown> {
  const answer = await runtime.getAsOperator(`/api/cases/${caseId}?ledger=true`);
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw new Problem(`The case could not be read: ${problemIn(answer)}`);
  return answer.body;
}

/** The case id that a script was given. */
export function caseIdFrom(args: readonly string[], script: string): CaseId {
  const given = args.find((argument) => !argument.startsWith('--'));
  if (given === undefined) throw new Problem(`Say which case: npm run ${script} -- <case id>`);
  const parsed = CaseId.safeParse(given);
  if (!parsed.success) throw new Problem(`"${given}" is no case id: a case id has 32 hexadecimal digits.`);
  return parsed.data;
}
