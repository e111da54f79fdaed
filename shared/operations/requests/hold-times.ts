import type { ActionDefinition } from '../../authoring/index.ts';
import type { PersonRequest } from '../../contracts/index.ts';
import { type CaseStore, ConflictError, type RequestStore } from '../../ports/index.ts';
import type { AskSubject } from './new-request.ts';

type Times = Pick<PersonRequest, 'openedAtMs' | 'remindAtMs' | 'deadlineMs'>;

const MINUTE_MS = 60_000;

/** It ends before anybody need be reminded. */
export function holdTimes(definition: ActionDefinition | undefined, nowMs: number): Times {
  const deadlineMs = nowMs + Math.round((definition?.holdMinutes ?? 0) * MINUTE_MS);
  return { openedAtMs: nowMs, remindAtMs: deadlineMs, deadlineMs };
}

/**
 * What is held has its whole time from the mail on: where the mail could only be sent at a later try, the time begins
 * anew.
 */
export async function holdFromNow(
  ports: { readonly cases: CaseStore; readonly requests: RequestStore },
  { case: case_, workflow, action }: AskSubject,
  { request, nowMs }: { readonly request: PersonRequest; readonly nowMs: number },
): Promise<PersonRequest> {
  const isFresh = request.openedAtMs === nowMs;
  if (request.kind !== 'hold-action' || request.state !== 'open' || isFresh) return request;
  const times = holdTimes(workflow.actions[action?.action ?? ''], nowMs);
  return change(ports, case_, request, { ...request, ...times, revision: request.revision + 1 });
}

/** Nobody could be told of it, so nobody could stop it: it needs a yes like what is asked from the start. */
export async function askInstead(
  ports: { readonly cases: CaseStore; readonly requests: RequestStore },
  { case: case_, action }: AskSubject,
  { held, asked }: { readonly held: PersonRequest; readonly asked: PersonRequest },
): Promise<PersonRequest> {
  if (held.kind !== 'hold-action' || held.state !== 'open' || action === null) return held;
  const changed = { ...asked, id: held.id, revision: held.revision + 1 };
  return change(ports, case_, held, changed, {
    actions: [
      {
        action: { ...action, state: 'asked', mode: 'ask', requestId: held.id, reasons: asked.reasons },
        from: { states: ['held'], digest: action.digest },
      },
    ],
  });
}

async function change(
  { cases, requests }: { readonly cases: CaseStore; readonly requests: RequestStore },
  case_: AskSubject['case'],
  before: PersonRequest,
  after: PersonRequest,
  moved: Pick<Parameters<CaseStore['commit']>[0], 'actions'> = {},
): Promise<PersonRequest> {
  const { id: requestId, kind, actionId, question, reasons, people, digest, deadlineMs, changes } = after;
  try {
    await cases.commit({
      ...{ caseId: case_.id, workflow: case_.workflow, cursor: case_.ledger, atMs: after.openedAtMs },
      events: [
        {
          ...{ type: 'request-opened', requestId, kind, actionId, question, reasons },
          ...{ people, digest, deadlineMs, changes },
        },
      ],
      changedRequest: { request: after, from: before },
      ...moved,
    });
    return after;
  } catch (error) {
    // Somebody answered it, or another run of this step was first.
    const current = error instanceof ConflictError ? await requests.get(before.id) : null;
    if (current === null) throw error;
    return current;
  }
}
