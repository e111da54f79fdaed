import type { CallerRegistry } from '../endpoint/callers.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { Meter } from '../meter/index.ts';
import type { Functions } from './functions.ts';
import type { FunctionLogs, OnLine } from './logs.ts';

export interface LambdaOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly dispatch: Dispatch;
  readonly meter: Pick<Meter, 'add'>;
  readonly callers: CallerRegistry;
  /** What functions find in AWS_ENDPOINT_URL: `http://127.0.0.1:4700`. */
  readonly endpoint: string;
  /** One `<function>.log` for each function. */
  readonly logFolder: string;
  /** Keeps the code of functions and of all their versions. */
  readonly codeFolder: string;
  /** Keeps compiled bundles for the next sandbox and the next start. */
  readonly compileCacheFolder: string;
  /** Sandboxes at most for each function; default 4. */
  readonly sandboxesPerFunction?: number;
  /** Every whole line of a function's output, with the trace of the invocation that wrote it. */
  readonly onLogLine: OnLine;
  readonly onInvoked: (invocation: InvocationFacts) => void;
  /** Resolves when a queue may have a message to receive. */
  readonly whenMessage: (queueName: string) => Promise<void>;
}

/** What Lambda's own metrics are made from. */
export interface InvocationFacts {
  readonly functionName: string;
  readonly durationMs: number;
  readonly isError: boolean;
}

/** What the parts of this folder share. */
export interface LambdaParts extends LambdaOptions {
  readonly functions: Functions;
  readonly logs: FunctionLogs;
}
