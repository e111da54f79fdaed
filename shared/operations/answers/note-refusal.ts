import type { AnswerCommand } from '../../domain/answers.ts';
import { type CaseStore, type Clock, ConflictError, type Telemetry } from '../../ports/index.ts';
import type { LoadedRequest } from '../load-request.ts';

/** Puts an answer that was not taken on record: who tried what, and why it does not count. */
export async function noteRefusal(
  ports: { readonly cases: CaseStore; readonly clock: Clock; readonly telemetry: Telemetry },
  { request, case: case_ }: LoadedRequest,
  { by, verb, proof, channel, problem }: Pick<AnswerCommand, 'by' | 'verb' | 'proof' | 'channel'> & { problem: string },
): Promise<void> {
  const { id: requestId, actionId } = request;
  ports.telemetry.count('AnswersRefused', 1, request.workflow);
  try {
    await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs: ports.clock.nowMs(),
      events: [{ type: 'answer-refused', requestId, actionId, by, verb, proof, channel, problem }],
    });
  } catch (error) {
    // It was refused either way; the answer to whoever sent it does not hang on the record.
    if (!(error instanceof ConflictError)) throw error;
  }
}
