import type { Case, PersonRequest } from '../contracts/index.ts';
import { keepsWaiting } from '../domain/keeps-waiting.ts';
import { type ActionMove, type CaseStore, type Clock, ConflictError, type RequestStore } from '../ports/index.ts';

export interface WithdrawPorts {
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly clock: Clock;
}

/** Takes back the open questions of a case whose execution is gone: nobody waits for their answers any more. */
export async function withdrawRequests(ports: WithdrawPorts, case_: Case, reason: string): Promise<void> {
  const asked = await ports.requests.ofCase(case_.id);
  for (const request of asked.filter((one) => one.state === 'open' && keepsWaiting(one))) {
    await withdraw(ports, case_, { request, reason });
  }
}

async function withdraw(
  { cases, clock }: WithdrawPorts,
  case_: Case,
  { request, reason }: { readonly request: PersonRequest; readonly reason: string },
): Promise<void> {
  const { id: requestId, actionId } = request;
  const action = actionId === null ? null : await cases.action(case_.id, actionId);
  const back: ActionMove[] =
    action === null || (action.state !== 'asked' && action.state !== 'held')
      ? []
      : [{ action: { ...action, state: 'proposed' }, from: { states: [action.state], digest: action.digest } }];
  try {
    await cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: null,
      atMs: clock.nowMs(),
      events: [{ type: 'request-cancelled', requestId, actionId, by: 'remit', reason }],
      changedRequest: { request: { ...request, state: 'cancelled', revision: request.revision + 1 }, from: request },
      actions: back,
    });
  } catch (error) {
    // Somebody answered first; that answer stands.
    if (!(error instanceof ConflictError)) throw error;
  }
}
