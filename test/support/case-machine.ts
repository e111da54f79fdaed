import type { RequestId, Verb } from '../../shared/contracts/index.ts';
import { awaitAnswer } from '../../shared/operations/await-answer.ts';
import { closeCase } from '../../shared/operations/close-case.ts';
import { firstRun, openedCase } from '../../shared/operations/open-case.ts';
import { remindRequest } from '../../shared/operations/remind-request.ts';
import { rescueCase } from '../../shared/operations/rescue-case.ts';
import { settleRequest } from '../../shared/operations/settle-request.ts';
import {
  type ActionOutcome,
  type CaseRef,
  CaseRun,
  type CaseStart,
  type TurnRef,
} from '../../shared/operations/step-contracts.ts';
import { type AdvancedStep, AdvanceStep, advanceStep } from '../../shared/operations/steps/advance-step.ts';
import { askStep } from '../../shared/operations/steps/ask-step.ts';
import { performStep } from '../../shared/operations/steps/perform-step.ts';
import { turnStep } from '../../shared/operations/steps/turn-step.ts';
import { tellOutcome } from '../../shared/operations/tell-outcome.ts';
import { reply } from './asked-lead.ts';
import { CrashError, type CrashingPorts } from './crashing-ports.ts';
import type { MemoryPorts } from './memory-ports.ts';

const TRIES = 6;

/** A person: what they answer to a question, given what they can find out about the outside world; null for nothing. */
export type Person = (request: { actionId: string | null; kind: string }, world: MemoryPorts) => Verb | null;

/** Drives the steps of a case in the order, and with the retries, of the state machines. */
export class CaseMachine {
  readonly #crashing: CrashingPorts;
  readonly #person: Person;
  readonly #afterStep: () => Promise<void>;
  readonly #ran = new Set<string>();

  constructor(crashing: CrashingPorts, person: Person, afterStep: () => Promise<void>) {
    this.#crashing = crashing;
    this.#person = person;
    this.#afterStep = afterStep;
  }

  /** Opens the case and runs it to its end; a failed execution is rescued once, as the event rule does. */
  async run(start: CaseStart): Promise<void> {
    await this.#runOne(start.caseId, await this.#open(start));
    await this.#runStarted(start.caseId);
  }

  /** One execution of a case that is open, and what it leads to. */
  async runAs(execution: string, run: CaseRun): Promise<void> {
    await this.#runOne(execution, run);
    await this.#runStarted(run.pinned.caseId);
  }

  /** The message comes again until its case is open and its execution begun. */
  #open(start: CaseStart): Promise<CaseRun> {
    const { ports } = this.#crashing;
    const workflow = ports.findWorkflow(start.workflow);
    if (workflow === null) throw new Error(`${start.workflow} is not deployed`);
    return this.#retried(async () => firstRun(workflow, await openedCase(ports, workflow, start)), null);
  }

  /**
   * What was started beside or after the case: questions with an undo link, and executions that go on with it. Those of
   * other cases are left to their own machines: an execution runs once.
   */
  async #runStarted(caseId: string): Promise<void> {
    const { asks, executions } = this.#crashing.ports;
    const isDue = ([name, input]: readonly [string, unknown]): boolean =>
      !this.#ran.has(name) && caseIdOf(input) === caseId;
    const ask = [...asks.started].find(isDue);
    const execution = [...executions.started].find(isDue);
    if (ask === undefined && execution === undefined) return;
    if (ask !== undefined) {
      this.#ran.add(ask[0]);
      const question = ask[1] as Omit<Parameters<typeof askStep.run>[1], 'attempt' | 'withMail'>;
      await this.#askOrRefuse({ ...question, attempt: ask[0], withMail: true });
    }
    if (execution !== undefined) await this.#runOne(execution[0], CaseRun.parse(execution[1]));
    await this.#runStarted(caseId);
  }

  async #runOne(execution: string, start: CaseRun): Promise<void> {
    this.#ran.add(execution);
    try {
      await this.#execute(execution, start);
    } catch (error) {
      const { name } = error instanceof Error ? error : { name: 'unknown' };
      const failed = { name: execution, status: 'FAILED' as const, error: name, cause: null };
      await this.#step(rescueCase, { ...failed, input: JSON.stringify(start) });
    }
  }

  async #execute(execution: string, start: CaseRun): Promise<void> {
    let { pinned, round } = start;
    const { cursor, failure, resume } = start;
    const judge = (made: Partial<AdvanceStep>): Promise<AdvancedStep> =>
      this.#step(advanceStep, AdvanceStep.parse({ pinned, run: execution, cursor, round, turns: [], ...made }));
    const turns = (due: readonly TurnRef[]) => this.#runTurns({ pinned, run: execution, round }, due);
    let next = await judge({ turns: await turns(start.turns), failure, resume });
    while (next.next === 'ask' || next.next === 'review' || next.next === 'agents') {
      const asked = round;
      round = next.round + 1;
      if (next.next === 'agents') {
        pinned = { ...pinned, told: next.told };
        next = await judge({ turns: await turns(next.turns) });
        continue;
      }
      const kind = next.next === 'ask' ? ('decide-case' as const) : ('review-decision' as const);
      const ask = { caseId: pinned.caseId, kind, actionId: null, problem: null, withMail: true };
      const requestId = await this.#ask({ ...ask, attempt: `${execution}-${kind}-${asked}` });
      next = await judge({ requestId });
    }
    await this.#close(execution, pinned, next);
  }

  async #runTurns(
    of: { readonly pinned: CaseRef; readonly run: string; readonly round: number },
    due: readonly TurnRef[],
  ): Promise<AdvanceStep['turns']> {
    const turns = [];
    for (const turn of due) turns.push(await this.#step(turnStep, { ...of, ...turn }));
    return turns.map(({ agent }) => ({ agent, broke: null, startedAtMs: 0 }));
  }

  async #close(execution: string, pinned: CaseRef, next: AdvancedStep): Promise<void> {
    const actions: ActionOutcome[] = [];
    const due = next.next === 'act' ? next.actions : [];
    for (const action of due) {
      actions.push(await this.#carryOut(execution, pinned, action, due.length === 1 ? next.ending : null));
    }
    await this.#step(closeCase, {
      ...{ pinned, outcome: next.next === 'act' ? null : next.outcome, actions },
      ending: next.ending,
    });
  }

  async #carryOut(
    execution: string,
    { caseId, workflow }: CaseRef,
    due: AdvancedStep['actions'][number],
    whereAlone: AdvancedStep['ending'],
  ): Promise<ActionOutcome> {
    const { actionId, mode } = due;
    let problem: string | null = null;
    let mustAsk = mode === 'ask' || mode === 'hold';
    let kind = mode === 'hold' ? ('hold-action' as const) : ('approve-action' as const);
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const name = `${execution}-${actionId.replace('#', '-')}-${attempt}`;
      if (mustAsk && (await this.#askOrRefuse({ caseId, kind, actionId, problem, attempt: name, withMail: true }))) {
        return { actionId, state: 'refused' };
      }
      const ending = mustAsk ? null : whereAlone;
      try {
        return await this.#step(performStep, { caseId, actionId, workflow, ending }, 'NeedsPersonError');
      } catch (error) {
        mustAsk = true;
        kind = 'approve-action';
        problem = error instanceof Error ? error.name : 'unknown';
      }
    }
    throw new Error(`${actionId} came to no end`);
  }

  /** @returns whether the question was not put, because a person has refused the same before. */
  async #askOrRefuse(ask: Parameters<typeof askStep.run>[1]): Promise<boolean> {
    try {
      await this.#ask(ask);
      return false;
    } catch (error) {
      if (error instanceof Error && error.name === 'IntentClosedError') return true;
      throw error;
    }
  }

  /** The machine `ask`: the person answers while it waits; when it is not woken, the wait ends by time. */
  async #ask(ask: Parameters<typeof askStep.run>[1]): Promise<RequestId> {
    const { requestId: id } = await this.#step(askStep, ask, 'IntentClosedError');
    const ended = await this.#untilAnswered(id as RequestId);
    await this.#step(tellOutcome, { requestId: id as RequestId });
    return ended;
  }

  async #untilAnswered(requestId: RequestId): Promise<RequestId> {
    if ((await this.#wait(requestId, 'first')) === 'woken') return this.#followed(requestId);
    await this.#step(remindRequest, { requestId, because: 'time' as const });
    if ((await this.#wait(requestId, 'second')) === 'woken') return this.#followed(requestId);
    await this.#untilDeadline(requestId);
    await this.#step(settleRequest, { requestId });
    return requestId;
  }

  async #untilDeadline(requestId: RequestId): Promise<void> {
    const { requests, clock } = this.#crashing.ports;
    const request = await requests.get(requestId);
    if (request?.state === 'open') clock.advance(Math.max(0, request.deadlineMs - clock.nowMs()));
  }

  /** Whoever wants something taken back has started that; where it failed, it is started here. */
  async #followed(requestId: RequestId): Promise<RequestId> {
    const request = await this.#crashing.ports.requests.get(requestId);
    const isUndone = request?.kind === 'undo-action' && request.answer?.verb === 'reject';
    if (isUndone) await this.#step(settleRequest, { requestId });
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
    if (verb === null) return;
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
        const result = await this.#crashing.ports.clock.finish(run());
        if (this.#crashing.isDead) throw new CrashError('dead');
        return result;
      } catch (error) {
        const isFinal = error instanceof Error && error.name === final;
        if (isFinal || attempt === TRIES) throw error;
      } finally {
        await this.#afterStep();
      }
    }
  }
}

/** Of a question, or of an execution of the machine `case`. */
function caseIdOf(input: unknown): string {
  const { caseId, pinned } = input as { caseId?: string; pinned?: { caseId: string } };
  return pinned?.caseId ?? caseId ?? '';
}
