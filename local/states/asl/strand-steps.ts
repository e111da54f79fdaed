import type { Json, JsonObject } from '../../kernel/service.ts';
import type { AbortOptions } from './abort-strand.ts';
import { abortBelow, abortStrand } from './abort-strand.ts';
import { contextObject, executionContext } from './context-object.ts';
import { dataFlowOf } from './data-flow.ts';
import type { State } from './definition.ts';
import { flowAt, stateIn } from './definition.ts';
import type { RunEffects } from './run-effects.ts';
import type { RunOptions } from './run-options.ts';
import type { Scope, Variables } from './scope.ts';
import type { Step } from './step.ts';
import type { MapRun, Strand } from './strand.ts';

/** Gives state actions their view of an execution, and keeps what they ask for among the effects of the turn. */
export class StrandSteps {
  readonly #options: RunOptions;
  readonly #effects: RunEffects;
  readonly #proceed: (strand: Strand) => void;
  readonly #abortOptions: AbortOptions;
  #context: JsonObject | null = null;

  constructor(options: RunOptions, effects: RunEffects, proceed: (strand: Strand) => void) {
    this.#options = options;
    this.#effects = effects;
    this.#proceed = proceed;
    const { machine, strands } = options;
    this.#abortOptions = {
      machine,
      strands,
      log: (strand, type, details) => this.log(strand, type, details),
      stopChild: (arn) => effects.stoppedChildren.push(arn),
      recordMapRun: (change) => effects.mapRunChanges.push(change),
    };
  }

  stateOf(strand: Strand): State {
    return stateIn(flowAt(this.#options.machine, strand.flow), strand.state);
  }

  /** The state that the strand is a branch or iteration of; null for the execution's own strand. */
  parentState(strand: Strand): State | null {
    const parent = strand.parentId === null ? null : this.#options.strands.get(strand.parentId);
    return parent === null ? null : this.stateOf(parent);
  }

  step(strand: Strand, state: State): Step<State> {
    const { strands, nowMs, region, newMapRunArn, newToken } = this.#options;
    const effects = this.#effects;
    return {
      strand,
      state,
      dataFlow: dataFlowOf(state),
      nowMs: nowMs(),
      region,
      scope: (extra) => this.#scope(strand, state, extra),
      log: (type, details) => this.log(strand, type, details ?? {}),
      requestCall: () => effects.calls.push(strand),
      offerToWorkers: (activityArn) => effects.offered.push({ strand, activityArn }),
      addStrands: (started) => strands.add(strand, started),
      startStrand: (startEvent) => this.#startStrand(strand, state, startEvent),
      startChild: (mapRun) => this.#startChild(strand, mapRun),
      stopChild: (executionArn) => effects.stoppedChildren.push(executionArn),
      newMapRunArn,
      recordMapRun: (change) => effects.mapRunChanges.push(change),
      strandOutputs: () => strands.outputs(strand.id),
      abortStrands: () => abortBelow(strand, this.#abortOptions),
      newToken: () => newToken(strand),
    };
  }

  log(strand: Strand, type: string, details: JsonObject): void {
    strand.lastEventId = this.#options.log.add(type, this.#options.nowMs(), strand.lastEventId, details);
  }

  /** Takes a strand and all below it out of their states, without events: for the end of the whole execution. */
  abort(strand: Strand): void {
    abortStrand(strand, { ...this.#abortOptions, log: () => undefined });
  }

  #startStrand(parent: Strand, state: State, startEvent: string | null): boolean {
    const strand = this.#options.strands.nextPending(parent.id);
    if (strand === null) return false;
    strand.phase = 'entering';
    strand.lastEventId = parent.lastEventId;
    if (startEvent !== null) this.log(strand, startEvent, { name: state.name, index: strand.index });
    this.#proceed(strand);
    return true;
  }

  #startChild(parent: Strand, mapRun: MapRun): boolean {
    const strand = this.#options.strands.nextPending(parent.id);
    if (strand === null) return false;
    strand.phase = 'child';
    strand.waitsFor = this.#options.newChildArn(mapRun.label);
    this.#effects.startedChildren.push({ strand, mapRun });
    return true;
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
}
