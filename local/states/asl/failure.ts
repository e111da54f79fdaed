import type { Json } from '../../kernel/service.ts';

/**
 * A state's error as the language sees it: an error name that Retry and Catch match, and a cause.
 * Both may be null, where a task was failed without them.
 */
export class StateFailure extends Error {
  readonly error: string | null;
  readonly causeText: string | null;
  /** Other names under which Retry and Catch may name it. */
  readonly alsoKnownAs: readonly string[];
  /** Whether the interpreter itself raised it in the state at hand; AWS then says which state and event in the cause. */
  readonly isFault: boolean;
  /** Whether it is a fault that ends the execution from any depth, without the events that tell of a failed state. */
  readonly isFatal: boolean;
  /** The field whose expression could not be evaluated; AWS writes an EvaluationFailed event for it. */
  readonly location: string | null;

  constructor(error: string | null, cause: string | null, options: FailureOptions = {}) {
    super(`${error ?? 'no error name'}: ${cause ?? 'no cause'}`);
    this.name = 'StateFailure';
    this.error = error;
    this.causeText = cause;
    this.alsoKnownAs = options.alsoKnownAs ?? [];
    this.isFault = options.isFault ?? false;
    this.isFatal = options.isFatal ?? (this.isFault && error === STATES_ERROR.runtime);
    this.location = options.location ?? null;
  }
}

export interface FailureOptions {
  readonly alsoKnownAs?: readonly string[];
  readonly isFault?: boolean;
  readonly isFatal?: boolean;
  readonly location?: string;
}

/** Error names that the language itself raises. */
export const STATES_ERROR = {
  all: 'States.ALL',
  dataLimitExceeded: 'States.DataLimitExceeded',
  exceedToleratedFailureThreshold: 'States.ExceedToleratedFailureThreshold',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  itemReaderFailed: 'States.ItemReaderFailed',
  queryEvaluationError: 'States.QueryEvaluationError',
  referencePathConflict: 'States.ReferencePathConflict',
  runtime: 'States.Runtime',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
} as const;

/** A fault of the definition or its data that fails the execution; nothing catches it. */
export function runtimeFailure(cause: string): StateFailure {
  return new StateFailure(STATES_ERROR.runtime, cause, { isFault: true });
}

/** An expression that did not give what its field needs. `location` is the field's path in the state, as in `Output/total`. */
export function queryFailure(cause: string, location: string): StateFailure {
  return new StateFailure(STATES_ERROR.queryEvaluationError, cause, { isFault: true, location });
}

/** A reference path that does not fit what it is applied to; other than a fault of the definition, it can be caught. */
export function pathConflict(step: string, input: Json): StateFailure {
  return new StateFailure(
    STATES_ERROR.referencePathConflict,
    `Unable to apply step "${step}" to input ${JSON.stringify(input)}`,
  );
}
