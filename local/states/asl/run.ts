import type { Json, JsonObject } from '../../kernel/service.ts';
import type { AbortOptions } from './abort-strand.ts';
import { abortBelow, abortStrand } from './abort-strand.ts';
import { contextObject, executionContext } from './context-object.ts';
import type { Departure } from './data-flow.ts';
import { dataFlowOf } from './data-flow.ts';
import { limitedText } from './data-size.ts';
import type { State } from './definition.ts';
import { flowAt, stateIn } from './definition.ts';
import { assignedDetails, enteredEvent, exitedEvent, HistoryFull } from './event-log.ts';
import type { ExecutionEnd } from './execution-end.ts';
import { endEvent } from './execution-end.ts';
import { STATES_ERROR, StateFailure } from './failure.ts';
import { asFailure, errorOutput, locatedFailure } from './failure-details.ts';
import { catcherFor, retrierFor, retryDelayMs } from './retry-and-catch.ts';
import type { RunOptions } from './run-options.ts';
import type { Scope, Variables } from './scope.ts';
import type { Signal } from './signal.ts';
import { beginState, resumeState } from './state-actions.ts';
import type { Outcome, Step } from './step.ts';
import type { Strand } from './strand.ts';

/**
 * Interprets one execution for one turn: takes signals, moves strands until all of them wait, and collects what is to
 * happen once the turn is on disk. It does nothing to the outside world by itself.
 */
export class Run {
  /** Strands whose scheduled call is to be made. */
  readonly calls: Strand[] = [];
  /** Strands whose scheduled call is for a worker of an activity. */
  readonly offered: { readonly strand: Strand; readonly activityArn: string }[] = [];
  /** Names of the states entered. */
  readonly entered: string[] = [];
  /** Of `calls`, those that may have been made before a crash. */
  readonly repeated = new Set<Strand>();
  /** Task tokens that got their answer in this turn. */
  readonly answeredTokens = new Set<string>();
  end: ExecutionEnd | null = null;
  readonly #options: RunOptions;
  readonly #queue: Work[] = [];
  readonly #abortOptions: AbortOptions;
  #context: JsonObject | null = null;

  constructor(options: RunOptions) {
    this.#options = options;
    const { machine, strands } = options;
    this.#abortOptions = { machine, strands, log: (strand, type, details) => this.#log(strand, type, details) };
  }

  /** Lets the strand take the next step of its phase: enter its state or try it again. */
  proceed(strand: Strand): void {
    this.#queue.push({ strandId: strand.id, signal: null });
  }

  /** Has the strand's scheduled call made once more. */
  repeatCall(strand: Strand): void {
    this.calls.push(strand);
    this.repeated.add(strand);
  }

  deliver(strandId: number, signal: Signal): void {
    this.#queue.push({ strandId, signal });
  }

  /**
   * Works until nothing is left to do now. After `maxStates` states it leaves strands that are about to enter the next
   * one as they are and gives their number, so that a machine that runs in circles does not hold up the others.
   */
  async advance(maxStates: number): Promise<number> {
    const postponed: Work[] = [];
    for (let work = this.#queue.shift(); work !== undefined && this.end === null; work = this.#queue.shift()) {
      if (work.signal === null && this.entered.length >= maxStates) postponed.push(work);
      else await this.#work(work);
    }
    return this.end === null ? postponed.length : 0;
  }

  /** Ends the execution from outside: stopped, or out of time. */
  finish(end: ExecutionEnd): void {
    const root = this.#options.strands.get(0);
    if (root !== null) this.#abortForEnd(root);
    this.#end(end, root?.lastEventId ?? 0);
  }

  #abortForEnd(root: Strand): void {
    try {
      abortStrand(root, this.#abortOptions);
    } catch (error) {
      if (!(error instanceof HistoryFull)) throw error;
    }
  }

  async #work({ strandId, signal }: Work): Promise<void> {
    const strand = this.#options.strands.get(strandId);
    if (strand === null) return;
    const state = stateIn(flowAt(this.#options.machine, strand.flow), strand.state);
    try {
      await this.#move(strand, state, signal);
    } catch (error) {
      if (!(error instanceof HistoryFull)) throw error;
      this.#end({ status: 'FAILED', error: STATES_ERROR.runtime, cause: error.message }, strand.lastEventId);
    }
  }

  async #move(strand: Strand, state: State, signal: Signal | null): Promise<void> {
    const step = this.#step(strand, state);
    try {
      const outcome = signal === null ? await this.#begin(step) : await resumeState(step, signal);
      if (outcome.kind === 'leave') this.#leave(step, outcome);
      else if (signal?.type === 'due') this.#afterPause(step);
    } catch (error) {
      if (error instanceof HistoryFull) throw error;
      await this.#fail(step, asFailure(error));
    }
  }

  /** A retry pause that is over; other waits are the business of the state's own action. */
  #afterPause(step: Step<State>): void {
    const { strand } = step;
    if (strand.phase !== 'pausing' || step.nowMs < (strand.dueAtMs ?? 0)) return;
    strand.dueAtMs = null;
    strand.phase = 'attempting';
    this.proceed(strand);
  }

  #begin(step: Step<State>): Promise<Outcome> {
    const { strand, state } = step;
    if (strand.phase === 'entering') {
      strand.enteredAtMs = step.nowMs;
      strand.retries = state.retry.map(() => 0);
      step.log(enteredEvent(state.type), {
        name: state.name,
        input: strand.inputText,
        inputDetails: { truncated: false },
      });
      strand.enteredEventId = strand.lastEventId;
      this.entered.push(state.name);
    }
    strand.attempt += 1;
    return beginState(step);
  }

  #leave(step: Step<State>, { departure, next }: { departure: Departure; next: string | null }): void {
    const { strand, state } = step;
    const outputText = limitedText(departure.output, state.name);
    if (strand.join !== null) this.#options.strands.removeBelow(strand.id);
    strand.join = null;
    strand.dueAtMs = null;
    if (departure.assigned !== null) strand.variables = { ...strand.variables, ...departure.assigned };
    step.log(exitedEvent(state.type), {
      name: state.name,
      output: outputText,
      outputDetails: { truncated: false },
      ...assignedDetails(departure.assigned),
    });
    if (next === null) {
      this.#endStrand(strand, outputText);
      return;
    }
    strand.state = next;
    strand.inputText = outputText;
    strand.phase = 'entering';
    this.proceed(strand);
  }

  #endStrand(strand: Strand, outputText: string): void {
    strand.phase = 'ended';
    strand.outputText = outputText;
    if (strand.parentId === null) this.#end({ status: 'SUCCEEDED', outputText }, strand.lastEventId);
    else this.deliver(strand.parentId, { type: 'strand-ended', index: strand.index });
  }

  async #fail(step: Step<State>, raised: StateFailure): Promise<void> {
    const { strand, state } = step;
    const failure = locatedFailure(raised, strand);
    if (raised.location !== null) {
      const { error, causeText: cause } = failure;
      step.log('EvaluationFailed', {
        error: error ?? '',
        cause: cause ?? '',
        location: raised.location,
        state: state.name,
      });
    }
    if (this.#retry(step, failure)) return;
    if (strand.join !== null) this.#options.strands.removeBelow(strand.id);
    strand.join = null;
    strand.dueAtMs = null;
    const isOwnRuntimeFault = raised.isFault && raised.error === STATES_ERROR.runtime;
    if (!isOwnRuntimeFault && (state.type === 'Map' || state.type === 'Parallel')) step.log(`${state.type}StateFailed`);
    try {
      if (await this.#catch(step, failure)) return;
      this.#failStrand(step, failure);
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      this.#failStrand(step, locatedFailure(error, strand));
    }
  }

  #retry(step: Step<State>, failure: StateFailure): boolean {
    const { strand, state } = step;
    const index = retrierFor(state.retry, failure);
    const retrier = index === null ? undefined : state.retry[index];
    const used = index === null ? 0 : (strand.retries[index] ?? 0);
    if (retrier === undefined || used >= retrier.maxAttempts) return false;
    if (strand.join !== null) this.#options.strands.removeBelow(strand.id);
    strand.join = null;
    strand.retries = strand.retries.map((count, i) => (i === index ? count + 1 : count));
    strand.dueAtMs = step.nowMs + retryDelayMs(retrier, used, this.#options.random);
    strand.phase = 'pausing';
    return true;
  }

  async #catch(step: Step<State>, failure: StateFailure): Promise<boolean> {
    const catcher = catcherFor(step.state.catch, failure);
    if (catcher === null) return false;
    const departure = await step.dataFlow.caught(catcher, step.scope(), errorOutput(failure));
    this.#leave(step, { departure, next: catcher.next });
    return true;
  }

  #failStrand({ strand, state, log }: Step<State>, failure: StateFailure): void {
    strand.phase = 'failed';
    strand.call = null;
    strand.waitsFor = null;
    if (strand.parentId === null) {
      this.#end({ status: 'FAILED', error: failure.error, cause: failure.causeText }, strand.lastEventId);
      return;
    }
    if (state.type === 'Task' && this.#parentState(strand)?.type === 'Parallel') log('TaskStateAborted');
    this.deliver(strand.parentId, { type: 'strand-failed', index: strand.index, failure });
  }

  #end(end: ExecutionEnd, lastEventId: number): void {
    this.end = end;
    const { type, details } = endEvent(end);
    this.#options.log.add(type, this.#options.nowMs(), lastEventId, details);
  }

  #step(strand: Strand, state: State): Step<State> {
    const { strands } = this.#options;
    return {
      strand,
      state,
      dataFlow: dataFlowOf(state),
      nowMs: this.#options.nowMs(),
      region: this.#options.region,
      scope: (extra) => this.#scope(strand, state, extra),
      log: (type, details) => this.#log(strand, type, details ?? {}),
      requestCall: () => this.calls.push(strand),
      offerToWorkers: (activityArn) => this.offered.push({ strand, activityArn }),
      addStrands: (started) => strands.add(strand, started),
      startStrand: (startEvent) => this.#startChild(strand, state, startEvent),
      strandOutputs: () => strands.outputs(strand.id),
      abortStrands: () => abortBelow(strand, this.#abortOptions),
      newToken: () => this.#options.newToken(strand),
    };
  }

  #startChild(parent: Strand, state: State, startEvent: string | null): boolean {
    const child = this.#options.strands.nextPending(parent.id);
    if (child === null) return false;
    child.phase = 'entering';
    child.lastEventId = parent.lastEventId;
    if (startEvent !== null) this.#log(child, startEvent, { name: state.name, index: child.index });
    this.proceed(child);
    return true;
  }

  #log(strand: Strand, type: string, details: JsonObject): void {
    strand.lastEventId = this.#options.log.add(type, this.#options.nowMs(), strand.lastEventId, details);
  }

  #scope(strand: Strand, state: State, extra: JsonObject | undefined): Scope {
    this.#context ??= executionContext(this.#options.execution);
    return {
      input: JSON.parse(strand.inputText) as Json,
      context: contextObject(this.#context, strand, state, extra),
      variables: this.#variables(strand),
      nowMs: this.#options.nowMs(),
      random: this.#options.random,
    };
  }

  /** What the strand has assigned, over what it sees of the strands around it. */
  #variables(strand: Strand): Variables {
    const parent = strand.parentId === null ? null : this.#options.strands.get(strand.parentId);
    return parent === null ? strand.variables : { ...this.#variables(parent), ...strand.variables };
  }

  #parentState(strand: Strand): State | null {
    const parent = strand.parentId === null ? null : this.#options.strands.get(strand.parentId);
    return parent === null ? null : stateIn(flowAt(this.#options.machine, parent.flow), parent.state);
  }
}

/** A signal for a strand; null to take the next step of its phase. */
type Work = { readonly strandId: number; readonly signal: Signal | null };
