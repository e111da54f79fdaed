import { createHash } from 'node:crypto';
import type { Case } from '../contracts/index.ts';
import type { Executions } from '../ports/index.ts';
import type { CaseStart, Resume } from './step-contracts.ts';

/** The parts of a case by which it is started once more; everything else is read from the store. */
export type Known = Pick<Case, 'id' | 'workflow' | 'trigger' | 'eventId' | 'openedAtMs' | 'causedBy'>;

/**
 * Starts the machine `case` once more for a known case, by the version that the case began with. The same reason starts it
 * once, however often it is given.
 */
export async function startAgain(
  executions: Pick<Executions, 'startLike'>,
  known: Known,
  resume: Resume,
): Promise<void> {
  const start = resumedStart(known, resume);
  await executions.startLike(known.id, executionNameOf(start), start);
}

function resumedStart(known: Known, resume: Resume): CaseStart {
  const { id: caseId, workflow, trigger, eventId, openedAtMs, causedBy } = known;
  const receivedAt = new Date(openedAtMs).toISOString();
  return { caseId, workflow, trigger, eventId, receivedAt, input: null, problems: [], failure: null, causedBy, resume };
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
export function executionNameOf({ caseId, resume, failure }: Pick<CaseStart, 'caseId' | 'resume' | 'failure'>): string {
  if (resume === null) return failure === null ? caseId : `${caseId}-rescue`;
  if (resume.kind === 'hand-back') return `${caseId}-h${resume.ref}${failure === null ? '' : 'r'}`;
  const asked = failure === null ? resume.ref : `${resume.ref}/rescue`;
  return `${caseId}-${createHash('sha256').update(asked).digest('base64url').slice(0, TAG_CHARACTERS)}`;
}

/** 36 bits: enough to tell the take-backs of one case apart. */
const TAG_CHARACTERS = 6;

/** The case that an execution of that name is about. */
export function caseIdIn(executionName: string): string {
  return executionName.slice(0, CASE_ID_CHARACTERS);
}

const CASE_ID_CHARACTERS = 32;
