import { createHash } from 'node:crypto';
import type { Case, JsonObject } from '../contracts/index.ts';
import type { Executions } from '../ports/index.ts';
import type { CaseRef, CaseRun, Resume } from './step-contracts.ts';

/** The parts of a case by which it is started once more; everything else is read from the store. */
export type Known = Pick<Case, 'id' | 'workflow' | 'trigger' | 'openedAtMs' | 'notes' | 'ledger' | 'round'>;

/** Why, and with which turns. `first`: those by which a run of the agents begins, for when the case is handed back. */
export type Begin = Pick<CaseRun, 'failure' | 'resume' | 'turns'> & Pick<CaseRef, 'first'>;

/**
 * Starts the machine `case` once more for a known case, by the version that the case began with. The same reason starts it
 * once, however often it is given.
 */
export async function startAgain(
  executions: Pick<Executions, 'startLike'>,
  known: Known,
  resume: Resume,
  first: Begin['first'] = [],
): Promise<void> {
  const turns = resume.kind === 'hand-back' ? first : [];
  await startRun(executions, known, { failure: null, resume, turns, first });
}

/** The same for any reason, a failure among them. */
export async function startRun(executions: Pick<Executions, 'startLike'>, known: Known, begin: Begin): Promise<void> {
  const run = runOf(known, begin);
  await executions.startLike(known.id, executionNameOf(run), inEarlierForm(run, known));
}

/** What an execution begins with: ids and figures of a case, and nothing of what it is about. */
export function runOf(known: Known, { failure, resume, turns, first }: Begin): CaseRun {
  const { id: caseId, workflow, openedAtMs, notes, ledger: cursor, round } = known;
  const resumed = resume?.kind ?? null;
  const pinned = { caseId, workflow, openedAtMs, told: notes.length, first: [...first], resumed };
  return { pinned, cursor, round: round + 1, turns: [...turns], failure, resume };
}

/**
 * With what a machine asks for that was deployed when it still opened its cases itself: it reads the rest from the store. By
 * whom and why stands in the ledger; there it goes by as words that name nobody.
 */
function inEarlierForm(run: CaseRun, { trigger }: Known): JsonObject {
  const { caseId, workflow } = run.pinned;
  const form = { caseId, workflow, trigger, eventId: '', receivedAt: '', input: null, problems: [], causedBy: null };
  const resume = run.resume === null ? null : { ...run.resume, by: 'somebody', because: '' };
  return { ...form, ...run, resume };
}

/**
 * Names of executions: those that ask about an action begin with them and have at most 80 characters, so what follows the
 * case id has at most 7.
 *
 * | start | name |
 * |---|---|
 * | first | the case id |
 * | after a failure | `<case id>-rescue` |
 * | handed back | `<case id>-h<which>`, after a failure `<case id>-h<which>r` |
 * | to take back or to carry out | `<case id>-` and six characters made of who asked where |
 */
export function executionNameOf({ pinned: { caseId }, resume, failure }: NamedRun): string {
  if (resume === null) return failure === null ? caseId : `${caseId}-rescue`;
  if (resume.kind === 'hand-back') return `${caseId}-h${resume.ref}${failure === null ? '' : 'r'}`;
  const asked = failure === null ? resume.ref : `${resume.ref}/rescue`;
  return `${caseId}-${createHash('sha256').update(asked).digest('base64url').slice(0, TAG_CHARACTERS)}`;
}

type NamedRun = Pick<CaseRun, 'resume' | 'failure'> & { readonly pinned: Pick<CaseRef, 'caseId'> };

/** 36 bits: enough to tell the take-backs of one case apart. */
const TAG_CHARACTERS = 6;

/** The case that an execution of that name is about. */
export function caseIdIn(executionName: string): string {
  return executionName.slice(0, CASE_ID_CHARACTERS);
}

const CASE_ID_CHARACTERS = 32;
