import type { RequestId, Verb } from '../../shared/contracts/index.ts';
import { advanceCase } from '../../shared/operations/advance-case.ts';
import { awaitAnswer } from '../../shared/operations/await-answer.ts';
import { closeCase } from '../../shared/operations/close-case.ts';
import { openCase } from '../../shared/operations/open-case.ts';
import { openRequest } from '../../shared/operations/open-request.ts';
import { performAction } from '../../shared/operations/perform-action.ts';
import { remindRequest } from '../../shared/operations/remind-request.ts';
import { rescueCase } from '../../shared/operations/rescue-case.ts';
import { runTurn } from '../../shared/operations/run-turn.ts';
import { settleRequest } from '../../shared/operations/settle-request.ts';
import type { ActionOutcome, Advanced, CaseStart, Opened } from '../../shared/operations/step-contracts.ts';
import { tellOutcome } from '../../shared/operations/tell-outcome.ts';
import { reply } from './asked-lead.ts';
import type { CrashingPorts } from './crashing-ports.ts';
import type { MemoryPorts } from './memory-ports.ts';

const TRIES = 6;

/** A person: what they answer to a question, given what they can find out about the outside world. */
export type Person = (request: { actionId: string | null; kind: string }, world: MemoryPorts) => Verb;

/** Drives the steps of a case in the order, and with the retries, of the state machines. */
export class CaseMachine {
  readonly #crashing: CrashingPorts;
  readonly #person: Person;
  readonly #afterStep: () => Promise<void>;

  constructor(crashing: CrashingPorts, person: Person, afterStep: () => Promise<void>) {
    this.#crashing = crashing;
    this.#person = person;
    this.#afterStep = afterStep;
  }

  /** Runs the case to its end; a failed execution is rescued once, as the event rule does. */
  async run(start: CaseStart): Promise<void> {
    try {
      await this.#execute(start.caseId, start);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: 'unknown', message: '' };
      const failed = { name: start.caseId, status: 'FAILED' as const, error: name, cause: message };
      await this.#step(rescueCase, { ...failed, input: JSON.stringify(start) });
      const rescue = this.#crashing.ports.executions.started.get(`${start.caseId}-rescue`);
      if (rescue !== undefined) await this.#execute(`${start.caseId}-rescue`, rescue as CaseStart);
    }
  }

  async #execute(execution: string, start: CaseStart): Promise<void> {
    const opened = await this.#step(openCase, start);
    const { pinned, cursor, failure } = opened;
    const turns = [];
    for (const { agent } of opened.turns) turns.push(await this.#step(runTurn, { pinned, agent }));
    let round = opened.round;
    let next = await this.#step(advanceCase, { pinned, cursor, round, turns, requestId: null, failure, resume: null });
    while (next.next === 'ask' || next.next === 'review') {
      const kind = next.next === 'ask' ? ('decide-case' as const) : ('review-decision' as const);
      const ask = { caseId: pinned.caseId, kind, actionId: null, problem: null, withMail: true };
      const requestId = await this.#ask({ ...ask, attempt: `${execution}-${kind}-${round}` });
      round += 1;
      next = await this.#step(advanceCase, {
        pinned,
        cursor,
        round,
        turns: [],
        requestId,
        failure: null,
        resume: null,
      });
    }
    await this.#close(execution, opened, next);
  }

  async #close(execution: string, { pinned }: Opened, next: Advanced): Promise<void> {
    const actions: ActionOutcome[] = [];
    for (const action of next.next === 'act' ? next.actions : []) {
      actions.push(await this.#carryOut(execution, pinned.caseId, action));
    }
    await this.#step(closeCase, { pinned, outcome: next.next === 'act' ? null : next.outcome, actions });
  }

  async #carryOut(
    execution: string,
    caseId: CaseStart['caseId'],
    due: Advanced['actions'][number],
  ): Promise<ActionOutcome> {
    const { actionId, mode } = due;
    let problem: string | null = null;
    let mustAsk = mode === 'ask';
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const name = `${execution}-${actionId.replace('#', '-')}-${attempt}`;
      if (mustAsk)
        await this.#ask({ caseId, kind: 'approve-action', actionId, problem, attempt: name, withMail: true });
      try {
        return await this.#step(performAction, { caseId, actionId }, 'NeedsPersonError');
      } catch (error) {
        mustAsk = true;
        problem = error instanceof Error ? error.message : String(error);
      }
    }
    throw new Error(`${actionId} came to no end`);
  }

  /** The machine `ask`: the person answers while it waits; when it is not woken, the wait ends by time. */
  async #ask(ask: Parameters<typeof openRequest.run>[1]): Promise<RequestId> {
    const { requestId: id } = await this.#step(openRequest, ask);
    await this.#untilAnswered(id as RequestId);
    await this.#step(tellOutcome, { requestId: id as RequestId });
    return id as RequestId;
  }

  async #untilAnswered(requestId: RequestId): Promise<RequestId> {
    if ((await this.#wait(requestId, 'first')) === 'woken') return requestId;
    await this.#step(remindRequest, { requestId, because: 'time' as const });
    if ((await this.#wait(requestId, 'second')) === 'woken') return requestId;
    await this.#step(settleRequest, { requestId });
    return requestId;
  }

  async #wait(requestId: RequestId, part: string): Promise<'woken' | 'over'> {
    const { ports } = this.#crashing;
    const taskToken = `${requestId}-${part}`;
    ports.executions.waiting.add(taskToken);
    try {
      await this.#step(awaitAnswer, { requestId, taskToken }, 'RequestSettledError');
    } catch (error) {
      if (error instanceof Error && error.name === 'RequestSettledError') return 'over';
      throw error;
    }
    await this.#answer(requestId);
    return ports.executions.resumed.some(({ token }) => token === taskToken) ? 'woken' : 'over';
  }

  async #answer(requestId: RequestId): Promise<void> {
    const { ports } = this.#crashing;
    const request = await ports.requests.get(requestId);
    if (request === null) throw new Error('there is no question to answer');
    const verb = this.#person(request, ports);
    const send = () => reply(ports, requestId, { verb, reason: verb === 'approve' ? '' : 'because' });
    await this.#retried(send, null);
  }

  #step<Ports, Input, Output>(
    operation: { readonly run: (ports: Ports, input: Input) => Promise<Output> },
    input: Input,
    final: string | null = null,
  ): Promise<Output> {
    const ports = this.#crashing.ports as Ports;
    return this.#retried(() => operation.run(ports, input), final);
  }

  async #retried<T>(run: () => Promise<T>, final: string | null): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      this.#crashing.revive();
      try {
        return await this.#crashing.ports.clock.finish(run());
      } catch (error) {
        const isFinal = error instanceof Error && error.name === final;
        if (isFinal || attempt === TRIES) throw error;
      } finally {
        await this.#afterStep();
      }
    }
  }
}
