import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import {
  type Action,
  type Answer,
  type CaseEvent,
  JsonObject,
  type PersonRequest,
  Proof,
  RequestId,
  Verb,
} from '../contracts/index.ts';
import { type AnswerOutcome, answer } from '../domain/answers.ts';
import { withArguments } from '../domain/plan-actions.ts';
import {
  type ActionMove,
  type CaseStore,
  type Clock,
  ConflictError,
  type Executions,
  type RequestStore,
  type Telemetry,
  type TokenStore,
} from '../ports/index.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { operation } from './operation.ts';
import { editableSchema } from './request-view-of.ts';

/** An answer whose giver is proved already, by code or sign-in. */
export const AnswerRequest = z.object({
  requestId: RequestId,
  verb: Verb,
  by: z.string(),
  proof: Proof,
  channel: z.enum(['page', 'api']),
  digest: z.string(),
  reason: z.string().max(2_000).default(''),
  edits: JsonObject.nullable().default(null),
  seen: z.string().default(''),
});

export interface AnswerRequestPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly tokens: TokenStore;
  readonly executions: Executions;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

export type AnswerReceipt = AnswerOutcome | { readonly kind: 'unknown' };

/**
 * Takes one answer: one conditional write decides, then the waiting execution goes on. Whoever comes second is told the
 * first outcome. Where the execution could not be woken, it finds the answer at its next step: nobody is asked twice.
 */
export const answerRequest = operation({
  name: 'answer-request',
  input: AnswerRequest,
  async run(ports: AnswerRequestPorts, command): Promise<AnswerReceipt> {
    const loaded = await loadRequest(ports, command.requestId);
    if (loaded === null) return { kind: 'unknown' };
    const outcome = checkEdits(loaded, answer(loaded.request, command, ports.clock.nowMs()));
    if (outcome.kind === 'settled') await wake(ports, outcome.request);
    if (outcome.kind !== 'answered') return outcome;
    const lost = await decide(ports, loaded, outcome.request);
    if (lost !== null) return lost;
    ports.telemetry.count('RequestsAnswered', 1, outcome.request.workflow);
    await wake(ports, outcome.request);
    return outcome;
  },
});

type AnsweredRequest = PersonRequest & { readonly answer: Answer };

function checkEdits(loaded: LoadedRequest, outcome: AnswerOutcome): AnswerOutcome {
  if (outcome.kind !== 'answered' || outcome.request.answer.edits === null) return outcome;
  const parsed = editableSchema(loaded).safeParse(outcome.request.answer.edits);
  if (!parsed.success) return { kind: 'incomplete', problem: z.prettifyError(parsed.error) };
  return {
    kind: 'answered',
    request: { ...outcome.request, answer: { ...outcome.request.answer, edits: parsed.data } },
  };
}

/** @returns what came first, when another answer did. */
async function decide(
  ports: AnswerRequestPorts,
  loaded: LoadedRequest,
  request: AnsweredRequest,
): Promise<AnswerReceipt | null> {
  const moved = loaded.action === null ? null : moveAction(loaded, loaded.action, request.answer);
  const others = await ports.requests.ofCase(request.caseId);
  const isLast = others.every((other) => other.id === request.id || other.state !== 'open');
  try {
    await ports.cases.commit({
      caseId: request.caseId,
      workflow: request.workflow,
      cursor: loaded.case.ledger,
      atMs: request.answer.atMs,
      events: [
        { type: 'request-answered', requestId: request.id, actionId: request.actionId, answer: request.answer },
        ...(moved?.events ?? []),
      ],
      head: isLast ? { state: 'open' } : {},
      changedRequest: request,
      actions: moved === null ? [] : [moved.move],
    });
    return null;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const current = await ports.requests.get(request.id);
    if (current === null) return { kind: 'unknown' };
    if (current.state === 'expired') return { kind: 'expired', request: current };
    return { kind: current.state === 'open' ? 'changed' : 'settled', request: current };
  }
}

function moveAction(loaded: LoadedRequest, action: Action, given: Answer): { move: ActionMove; events: CaseEvent[] } {
  const from = { states: ['asked' as const], digest: action.digest };
  switch (given.verb) {
    case 'approve':
      return { move: { action: { ...action, state: 'approved' }, from }, events: [] };
    case 'edit': {
      const { workflow, case: case_ } = loaded;
      const context = {
        caseId: case_.id,
        workflow,
        version: case_.versions.workflow,
        phase: case_.settings.phase,
        round: case_.round,
      };
      const edited = withArguments(context, action, given.edits ?? action.arguments);
      const { id: actionId, digest } = edited;
      const event = {
        type: 'action-edited' as const,
        actionId,
        by: given.by,
        before: action.arguments,
        after: edited.arguments,
        digest,
      };
      return { move: { action: { ...edited, state: 'approved' }, from }, events: [event] };
    }
    case 'reject':
    case 'respond': {
      const refused = { ...action, state: 'refused' as const, reasons: [given.reason] };
      return {
        move: { action: refused, from },
        events: [{ type: 'action-refused', actionId: action.id, reason: given.reason }],
      };
    }
  }
}

/** The answer stands already, so whoever gave it is not told of a failure here. */
async function wake(ports: AnswerRequestPorts, request: PersonRequest): Promise<void> {
  const { id: requestId, state, answer: given, workflow, caseId } = request;
  try {
    const token = await ports.tokens.get(requestId);
    if (token !== null) await ports.executions.resume(token, { requestId, state, verb: given?.verb ?? null });
  } catch (error) {
    ports.telemetry.count('Errors', 1, workflow);
    ports.telemetry.log('wake-failed', { caseId, requestId, error: error instanceof Error ? error.name : 'unknown' });
  }
}
