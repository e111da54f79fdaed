import type { Json } from '../../kernel/service.ts';
import type { StateFailure } from './failure.ts';
import type { TaskOutcome } from './strand.ts';

/** What a waiting strand can be woken by. */
export type Signal =
  /** The time in `dueAtMs` has come. */
  | { readonly type: 'due' }
  /** The task's call of that attempt came back. */
  | { readonly type: 'answered'; readonly attempt: number; readonly answer: CallAnswer }
  /** The task token was answered, or the child execution ended. */
  | { readonly type: 'task-ended'; readonly outcome: TaskOutcome }
  | { readonly type: 'heartbeat' }
  /** A worker took the activity's task. */
  | { readonly type: 'activity-started'; readonly workerName: string | null }
  | { readonly type: 'strand-ended'; readonly index: number; readonly lastEventId: number | null }
  | {
      readonly type: 'strand-failed';
      readonly index: number;
      readonly failure: StateFailure;
      /** The last event of the strand, from which the history goes on; null where the strand has a history of its own. */
      readonly lastEventId: number | null;
    };

/** What a call of an integration gave. */
export type CallAnswer =
  | {
      readonly ok: true;
      readonly output: Json;
      /** ARN of the child execution to wait for, with `.sync`. */
      readonly childArn: string | null;
    }
  | { readonly ok: false; readonly error: string; readonly cause: string };
