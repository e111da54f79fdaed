import type { Clock } from '../../kernel/clock.ts';
import type { Place } from '../../kernel/names.ts';
import type { Dispatch, Operation } from '../../kernel/service.ts';
import type { Store } from '../../kernel/store.ts';
import type { Engine } from '../execution/engine.ts';
import type { Records } from '../execution/engine-options.ts';
import type { ExecutionRecord } from '../records/executions.ts';
import type { ActivityQueue } from './activity-queue.ts';

/** What the operations of Step Functions work with. */
export interface StatesContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly place: Place;
  readonly records: Records;
  readonly engine: Engine;
  readonly random: () => number;
  readonly dispatch: Dispatch;
  readonly activityQueue: ActivityQueue;
  /** Settles when the execution has ended. */
  readonly whenEnded: (executionId: number) => Promise<ExecutionRecord>;
  /** Tells the world that an execution has begun. */
  readonly onStarted: (execution: ExecutionRecord) => void;
}

export type Operations = Readonly<Record<string, Operation>>;
