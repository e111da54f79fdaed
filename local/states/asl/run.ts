import { limitedText, withAssigned } from './data-size.ts';
import type { State } from './definition.ts';
import { assignedDetails, enteredEvent, exitedEvent, HistoryFull } from './event-log.ts';
import type { ExecutionEnd } from './execution-end.ts';
import { endEvent } from './execution-end.ts';
import { STATES_ERROR, StateFailure } from './failure.ts';
import { asFailure, errorOutput, locatedFailure } from './failure-details.ts';
import { catcherFor, retrierFor, retryDelayMs } from './retry-and-catch.ts';
import { RunEffects } from './run-effects.ts';
import type { RunOptions } from './run-options.ts';
import type { Signal } from './signal.ts';
import { beginState, resumeState } from './state-actions.ts';
import type { Outcome, Step } from './step.ts';
import type { Strand } from './strand.ts';
import { StrandSteps } from './strand-steps.ts';

/**
 * Interprets one execution for one turn: takes signals, moves strands until all of them wait, and collects what is to
 * happen once the turn is on disk. It does nothing to the outside world by itself.
 */
export class Run {
  readonly effects = new RunEffects();
  readonly #options: RunOptions;
  readonly #steps: StrandSteps;
  readonly #queue: Work[] = [];

  constructor(options: RunOptions) {
    this.#options = options;
    this.#steps = new StrandSteps(options, this.effects, (strand) => this.proceed(strand));
  }

  /** Lets the strand take the next step of its phase: enter its state or try it again. */
  proceed(strand: Strand): void {
    this.#queue.push({ strandId: strand.id, signal: null });
  }

  deliver(strandId: number, signal: Signal): void {
    this.#queue.push({ strandId, signal });
  }

  /** Has the strand's scheduled call made once more. */
  repeatCall(strand: Strand): void {
    this.effects.calls.push(strand);
    this.effects.repeated.add(strand);
  }

  /** The execution that an iteration of a distributed Map runs as has ended. */
  endChild(strand: Strand, end: ExecutionEnd): void {
    strand.waitsFor = null;
    if (strand.parentId === null) return;
    const { index } = strand;
    if (end.status === 'SUCCEEDED') {
      strand.phase = 'ended';
      strand.outputText = end.outputText;
      this.deliver(strand.parentId, { type: 'strand-ended', index, lastEventId: null });
      return;
    }
    strand.phase = 'failed';
    const failure = new StateFailure(end.error, end.cause);
    this.deliver(strand.parentId, { type: 'strand-failed', index, failure, lastEventId: null });
  }

  /** Ends the execution from outside: stopped, or out of time. */
  finish(end: ExecutionEnd): void {
    if (this.effects.end !== null) return;
    const root = this.#options.strands.get(0);
    if (root !== null) this.#steps.abort(root);
    this.#end(end, root?.lastEventId ?? 0);
  }

  /**
   * Works until nothing is left to do now. After `maxStates` states it leaves strands that are about to enter the next
   * one as they are and gives their number, so that a machine that runs in circles does not hold up the others.
   */
  async advance(maxStates: number): Promise<number> {
    const postponed: Work[] = [];
    const { effects } = this;
    for (let work = this.#queue.shift(); work !== undefined && effects.end === null; work = this.#queue.shift()) {
      if (work.signal === null && effects.entered.length >= maxStates) postponed.push(work);
      else await this.#work(work);
    }
    return effects.end === null ? postponed.length : 0;
  }

  async #work({ strandId, signal }: Work): Promise<void> {
    const strand = this.#options.strands.get(strandId);
    if (strand === null || isStale(strand, signal)) return;
    try {
      await this.#move(strand, this.#steps.stateOf(strand), signal);
    } catch (error) {
      if (!(error instanceof HistoryFull)) throw error;
      this.finish({ status: 'FAILED', error: STATES_ERROR.runtime, cause: error.message });
    }
  }

  async #move(strand: Strand, state: State, signal: Signal | null): Promise<void> {
    const step = this.#steps.step(strand, state);
    try {
      if (signal !== null && 'lastEventId' in signal) strand.lastEventId = signal.lastEventId ?? strand.lastEventId;
      const outcome = signal === null ? await this.#begin(step) : await resumeState(step, signal);
      if (outcome.kind === 'leave') this.#leave(step, outcome);
      else if (signal?.type === 'due') this.#afterPause(step);
    } catch (error) {
      if (error instanceof HistoryFull) throw error;
      await this.#fail(step, asFailure(error));
    }
  }

  /** A retry pause that is over; other waits are the business of the state's own action. */
  #afterPause({ strand, nowMs }: Step<State>): void {
    if (strand.phase !== 'pausing' || nowMs < (strand.dueAtMs ?? 0)) return;
    strand.dueAtMs = null;
    strand.phase = 'attempting';
    this.proceed(strand);
  }

  #begin(step: Step<State>): Promise<Outcome> {
    const { strand, state } = step;
    if (strand.phase === 'entering') {
      strand.enteredAtMs = step.nowMs;
      strand.retries = state.retry.map(() => 0);
      const input = { input: strand.inputText, inputDetails: { truncated: false } };
      step.log(enteredEvent(state.type), { name: state.name, ...input });
      strand.enteredEventId = strand.lastEventId;
      this.effects.entered.push(state.name);
    }
    strand.attempt += 1;
    return beginState(step);
  }

  #leave(step: Step<State>, { departure, next }: Extract<Outcome, { kind: 'leave' }>): void {
    const { strand, state } = step;
    const outputText = limitedText(departure.output, state.name);
    const variables = withAssigned(strand.variables, departure.assigned, state.name);
    this.#leaveBehind(strand);
    strand.variables = variables;
    const output = { output: outputText, outputDetails: { truncated: false } };
    step.log(exitedEvent(state.type), { name: state.name, ...output, ...assignedDetails(departure.assigned) });
    if (next === null) {
      this.#endStrand(strand, outputText);
      return;
    }
    strand.state = next;
    strand.inputText = outputText;
    strand.phase = 'entering';
    this.proceed(strand);
  }

  /** Lets go of what the state waited for, and of the strands below it. */
  #leaveBehind(strand: Strand): void {
    if (strand.join !== null) this.#options.strands.removeBelow(strand.id);
    strand.join = null;
    strand.dueAtMs = null;
  }

  #endStrand(strand: Strand, outputText: string): void {
    strand.phase = 'ended';
    strand.outputText = outputText;
    if (strand.parentId === null) this.#end({ status: 'SUCCEEDED', outputText }, strand.lastEventId);
    else {
      const { index, lastEventId } = strand;
      this.deliver(strand.parentId, { type: 'strand-ended', index, lastEventId });
    }
  }

  async #fail(step: Step<State>, raised: StateFailure): Promise<void> {
    const { strand } = step;
    const failure = locatedFailure(raised, strand);
    this.#logEvaluation(step, raised, failure);
    if (this.#retry(step, failure)) return;
    const before = strand.lastEventId;
    logStateFailed(step, failure);
    try {
      if (!(await this.#catch(step, failure))) this.#failStrand(step, failure);
    } catch (error) {
      if (error instanceof HistoryFull) throw error;
      strand.lastEventId = before;
      const raisedInCatcher = asFailure(error);
      const inCatcher = locatedFailure(raisedInCatcher, strand);
      this.#logEvaluation(step, raisedInCatcher, inCatcher);
      logStateFailed(step, inCatcher);
      this.#failStrand(step, inCatcher);
    }
  }

  #logEvaluation(step: Step<State>, { location }: StateFailure, { error, causeText }: StateFailure): void {
    if (location === null) return;
    step.log('EvaluationFailed', { error: error ?? '', cause: causeText ?? '', location, state: step.state.name });
  }

  #retry({ strand, state, nowMs }: Step<State>, failure: StateFailure): boolean {
    const index = retrierFor(state.retry, failure);
    const retrier = index === null ? undefined : state.retry[index];
    const used = index === null ? 0 : (strand.retries[index] ?? 0);
    if (retrier === undefined || used >= retrier.maxAttempts) return false;
    this.#leaveBehind(strand);
    strand.retries = strand.retries.map((count, i) => (i === index ? count + 1 : count));
    strand.dueAtMs = nowMs + retryDelayMs(retrier, used, this.#options.random);
    strand.phase = 'pausing';
    return true;
  }

  async #catch(step: Step<State>, failure: StateFailure): Promise<boolean> {
    const catcher = catcherFor(step.state.catch, failure);
    if (catcher === null) return false;
    const departure = await step.dataFlow.caught(catcher, step.scope(), errorOutput(failure));
    this.#leave(step, { kind: 'leave', departure, next: catcher.next });
    return true;
  }

  /** The strands below a failed one stay where they were: a redrive goes on with them. */
  #failStrand({ strand, state, log }: Step<State>, failure: StateFailure): void {
    strand.phase = 'failed';
    strand.dueAtMs = null;
    if (strand.parentId === null) {
      this.#end({ status: 'FAILED', error: failure.error, cause: failure.causeText }, strand.lastEventId);
      return;
    }
    const { index, lastEventId } = strand;
    if (state.type === 'Task' && !failure.isFatal && this.#steps.parentState(strand)?.type === 'Parallel')
      log('TaskStateAborted');
    this.deliver(strand.parentId, { type: 'strand-failed', index, failure, lastEventId });
  }

  #end(end: ExecutionEnd, lastEventId: number): void {
    this.effects.end = end;
    const { type, details } = endEvent(end);
    this.#options.log.add(type, this.#options.nowMs(), lastEventId, details);
  }
}

/** Branches and iterations tell that their state failed, but not of a fault that ends the whole execution. */
function logStateFailed({ state, log }: Step<State>, failure: StateFailure): void {
  if (!failure.isFatal && (state.type === 'Map' || state.type === 'Parallel')) log(`${state.type}StateFailed`);
}

/** Whether a signal is of a branch or iteration whose Parallel or Map state has come to an end meanwhile. */
function isStale(strand: Strand, signal: Signal | null): boolean {
  return (signal?.type === 'strand-ended' || signal?.type === 'strand-failed') && strand.phase !== 'joining';
}

/** A signal for a strand; null to take the next step of its phase. */
type Work = { readonly strandId: number; readonly signal: Signal | null };
