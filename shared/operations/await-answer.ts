import * as z from 'zod';
import { RequestId } from '../contracts/index.ts';
import { ConflictError, type TokenStore } from '../ports/index.ts';
import { operation } from './operation.ts';

export const AwaitAnswer = z.object({ requestId: RequestId, taskToken: z.string().min(1).max(2_048) });

/** Keeps the task token of the execution that waits. A later wait of the same request replaces the earlier one. */
export const awaitAnswer = operation({
  name: 'await-answer',
  input: AwaitAnswer,
  async run(ports: { tokens: TokenStore }, { requestId, taskToken }): Promise<{ waiting: true }> {
    try {
      await ports.tokens.save(requestId, taskToken);
      return { waiting: true };
    } catch (error) {
      if (error instanceof ConflictError) throw new RequestSettledError(requestId);
      throw error;
    }
  },
});

/** Caught by name in the state machine: no need to wait, the answer is there. */
export class RequestSettledError extends Error {
  override readonly name = 'RequestSettledError';

  constructor(requestId: string) {
    super(`Request ${requestId} is settled already`);
  }
}
