import type { ExecutionEnd } from '../asl/execution-end.ts';
import type { Signal } from '../asl/signal.ts';
import type { TaskOutcome } from '../asl/strand.ts';

/** What an execution is told from outside. */
export type Message =
  /** Go on after a restart: calls that were on their way are made again. */
  | { readonly type: 'resume' }
  /** Let strands that are about to enter a state do so: after a start, a redrive or a long turn. */
  | { readonly type: 'continue' }
  | { readonly type: 'signal'; readonly strand: number; readonly signal: Signal }
  /** The token was answered; refused when the strand no longer waits for it. */
  | { readonly type: 'token'; readonly strand: number; readonly token: string; readonly answer: TokenAnswer }
  /** The child execution that the strand waits for has ended. */
  | { readonly type: 'child-ended'; readonly strand: number; readonly childArn: string }
  | { readonly type: 'finish'; readonly end: ExecutionEnd };

export type TokenAnswer =
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'started'; readonly workerName: string | null }
  | { readonly kind: 'outcome'; readonly outcome: TaskOutcome };
