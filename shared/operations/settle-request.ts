import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type CaseEvent, type PersonRequest, RequestId } from '../contracts/index.ts';
import { keepsWaiting } from '../domain/keeps-waiting.ts';
import {
  type ActionMove,
  type CaseStore,
  type Clock,
  ConflictError,
  type Executions,
  type RecordStore,
  type RequestStore,
  type Telemetry,
} from '../ports/index.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { operation } from './operation.ts';
import { expiryEvidence } from './records/answer-evidence.ts';
import { openHead } from './requests/case-head.ts';
import type { Settled } from './step-contracts.ts';
import { startTakeBack } from './taking-back/start-take-back.ts';

export const SettleRequest = z.object({ requestId: RequestId });

export interface SettleRequestPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly records: RecordStore;
  readonly executions: Executions;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** The end of waiting: gives the answer that is on record, or closes the request with the safe default, which is no. */
export const settleRequest = operation({
  name: 'settle-request',
  input: SettleRequest,
  async run(ports: SettleRequestPorts, { requestId }): Promise<Settled> {
    const loaded = await loadRequest(ports, requestId);
    if (loaded === null) throw new Error(`There is no request ${requestId}`);
    if (loaded.request.state !== 'open') return settledFor(ports, loaded, loaded.request);
    const { kind, deadlineMs } = loaded.request;
    if (kind === 'hold-action' && ports.clock.nowMs() < deadlineMs) throw new StillHeldError(requestId);
    try {
      await expire(ports, loaded);
      // Nobody need answer to what goes out, or stays, by itself.
      if (!GOES_ON.has(kind)) ports.telemetry.count('RequestsExpired', 1, loaded.workflow.id);
      return { requestId, state: 'expired', verb: null };
    } catch (error) {
      const current = error instanceof ConflictError ? await ports.requests.get(requestId) : null;
      if (current === null || current.state === 'open') throw error;
      return settledFor(ports, loaded, current);
    }
  },
});

/** The state machine comes again a little later: not a moment of the time in which people may stop it is cut off. */
export class StillHeldError extends Error {
  override readonly name = 'StillHeldError';

  constructor(requestId: string) {
    super(`What request ${requestId} is about is still held`);
  }
}

const GOES_ON: ReadonlySet<PersonRequest['kind']> = new Set([
  'hold-action',
  'undo-action',
  'spot-check',
  'second-review',
]);

/** Where whoever answered could not start what takes it back, it is started here. */
async function settledFor(ports: SettleRequestPorts, loaded: LoadedRequest, request: PersonRequest): Promise<Settled> {
  await startTakeBack(ports.executions, loaded.case, request);
  return settled(request);
}

async function expire(ports: SettleRequestPorts, loaded: LoadedRequest): Promise<void> {
  const { request, case: case_ } = loaded;
  const refusal = refusalAtDeadline(loaded);
  const atMs = ports.clock.nowMs();
  const evidence = await expiryEvidence(ports.records, loaded, atMs);
  const opened = keepsWaiting(request) ? openHead(case_, 'open') : {};
  await ports.cases.commit({
    caseId: case_.id,
    workflow: case_.workflow,
    cursor: case_.ledger,
    atMs,
    events: [
      { type: 'request-expired', requestId: request.id, actionId: request.actionId },
      ...(refusal === null ? [] : refusal.events),
      ...evidence.events,
    ],
    ...opened,
    ...evidence.write,
    head: { ...opened.head, ...evidence.head },
    changedRequest: { request: { ...request, state: 'expired' }, from: request },
    ...(refusal === null ? {} : { actions: refusal.actions, closedIntents: refusal.closedIntents }),
  });
}

/** No, and nothing else does the same; but what was held goes out, and what is done stays done. */
function refusalAtDeadline({ request, action }: LoadedRequest) {
  if (action === null || (request.kind !== 'approve-action' && request.kind !== 'change-phase')) return null;
  const reason = 'Nobody answered in time; the safe default is no.';
  // More autonomy may be proposed again: nobody has refused it.
  const closedIntents = request.kind === 'change-phase' ? [] : [action.intent];
  const events: CaseEvent[] = [
    { type: 'action-refused', actionId: action.id, reason },
    ...closedIntents.map((intent) => ({ type: 'intent-closed' as const, intent, by: 'nobody', reason })),
  ];
  const actions: ActionMove[] = [
    {
      action: { ...action, state: 'refused', reasons: [reason] },
      from: { states: ['asked'], digest: action.digest },
    },
  ];
  return { events, actions, closedIntents };
}

function settled(request: PersonRequest): Settled {
  const { id, state, answer } = request;
  return { requestId: id, state: state === 'open' ? 'expired' : state, verb: answer?.verb ?? null };
}
