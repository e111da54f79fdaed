import type { PersonRequest } from '../../contracts/index.ts';
import type { Executions, RequestStore, Telemetry, TokenStore } from '../../ports/index.ts';

export interface WakePorts {
  readonly requests: RequestStore;
  readonly tokens: TokenStore;
  readonly executions: Executions;
  readonly telemetry: Telemetry;
}

/**
 * Lets the waiting execution go on. What was answered stands already, so whoever gave it is not told of a failure here:
 * the answer stays among those to wake for, and a sweep comes back to it.
 * @returns whether nobody waits for it any more.
 */
export async function wake(ports: WakePorts, request: PersonRequest): Promise<boolean> {
  const { id: requestId, state, answer: given, workflow, caseId } = request;
  try {
    const token = await ports.tokens.get(requestId);
    if (token !== null) await ports.executions.resume(token, { requestId, state, verb: given?.verb ?? null });
    if (state === 'answered') await ports.requests.setWoken(requestId);
    return true;
  } catch (error) {
    ports.telemetry.count('Errors', 1, workflow);
    ports.telemetry.log('wake-failed', { caseId, requestId, error: error instanceof Error ? error.name : 'unknown' });
    return false;
  }
}
