import type { PersonRequest } from '../../contracts/index.ts';
import type { Executions, Telemetry, TokenStore } from '../../ports/index.ts';

export interface WakePorts {
  readonly tokens: TokenStore;
  readonly executions: Executions;
  readonly telemetry: Telemetry;
}

/** Lets the waiting execution go on. What was answered stands already, so whoever gave it is not told of a failure here. */
export async function wake(ports: WakePorts, request: PersonRequest): Promise<void> {
  const { id: requestId, state, answer: given, workflow, caseId } = request;
  try {
    const token = await ports.tokens.get(requestId);
    if (token !== null) await ports.executions.resume(token, { requestId, state, verb: given?.verb ?? null });
  } catch (error) {
    ports.telemetry.count('Errors', 1, workflow);
    ports.telemetry.log('wake-failed', { caseId, requestId, error: error instanceof Error ? error.name : 'unknown' });
  }
}
