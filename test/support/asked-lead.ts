import type { CaseId, RequestId } from '../../shared/contracts/index.ts';
import type { AnswerCommand } from '../../shared/domain/answers.ts';
import { type AnswerReceipt, answerRequest } from '../../shared/operations/answer-request.ts';
import { awaitAnswer } from '../../shared/operations/await-answer.ts';
import { type OpenRequest, openRequest } from '../../shared/operations/open-request.ts';
import { CASE_ID } from './lead-case.ts';
import { APPROVER } from './leads.ts';
import type { MemoryPorts } from './memory-ports.ts';

export const MAIL = 'send-meeting-mail#1';
export const POST = 'post-to-sales-hot#2';

/** A question about the mail of a hot lead, as the machine `ask` puts it. */
export function question(changes: Partial<OpenRequest> = {}): OpenRequest {
  const caseId: CaseId = CASE_ID;
  return {
    caseId,
    kind: 'approve-action',
    actionId: MAIL,
    attempt: 'ask-1',
    problem: null,
    withMail: true,
    ...changes,
  };
}

/** Puts the question and waits for its answer with a token named after it. */
export async function ask(ports: MemoryPorts, changes: Partial<OpenRequest> = {}): Promise<RequestId> {
  const { requestId } = await openRequest.run(ports, question(changes));
  const token = `token-${requestId}`;
  ports.executions.waiting.add(token);
  await awaitAnswer.run(ports, { requestId: requestId as RequestId, taskToken: token });
  return requestId as RequestId;
}

/** An answer of the first approver to what the store holds. */
export async function reply(
  ports: MemoryPorts,
  requestId: RequestId,
  changes: Partial<AnswerCommand> = {},
): Promise<AnswerReceipt> {
  const request = await ports.requests.get(requestId);
  return answerRequest.run(ports, {
    ...{ requestId, verb: 'approve', by: APPROVER, proof: 'mail-code', channel: 'page' },
    ...{ digest: request?.digest ?? '', reason: '', edits: null, seen: '', onPageMs: null },
    ...changes,
  });
}
