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
  /** The field whose expression could not be evaluated; AWS writes an EvaluationFailed event for it. */
  readonly location: string | null;

  constructor(error: string | null, cause: string | null, options: FailureOptions = {}) {
    super(`${error ?? 'no error name'}: ${cause ?? 'no cause'}`);
    this.name = 'StateFailure';
    this.error = error;
    this.causeText = cause;
    this.alsoKnownAs = options.alsoKnownAs ?? [];
    this.isFault = options.isFault ?? false;
    this.location = options.location ?? null;
  }
}

export interface FailureOptions {
  readonly alsoKnownAs?: readonly string[];
  readonly isFault?: boolean;
  readonly location?: string;
}

/** Error names that the language itself raises. */
export const STATES_ERROR = {
  all: 'States.ALL',
  dataLimitExceeded: 'States.DataLimitExceeded',
  exceedToleratedFailureThreshold: 'States.ExceedToleratedFailureThreshold',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  itemReaderFailed: 'States.ItemReaderFailed',
  noChoiceMatched: 'States.NoChoiceMatched',
  queryEvaluationError: 'States.QueryEvaluationError',
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
