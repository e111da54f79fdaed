import type { Activity } from '../../kernel/activity.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Place } from '../../kernel/names.ts';
import type { Store } from '../../kernel/store.ts';
import type { CallAnswer } from '../asl/signal.ts';
import type { TaskCall } from '../integrations/task-call.ts';
import type { ActivityRecords } from '../records/activities.ts';
import type { ExecutionRecord, ExecutionRecords } from '../records/executions.ts';
import type { HistoryRecords } from '../records/history.ts';
import type { MachineRecords } from '../records/machines.ts';
import type { MapRunRecords } from '../records/map-runs.ts';
import type { StrandRecords } from '../records/strands.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly random: () => number;
  readonly records: Records;
  /** Makes the call of a task; answers failures, never throws. */
  readonly call: (call: TaskCall) => Promise<CallAnswer>;
  /** For each state that was entered, once that is on disk. */
  readonly onTransition?: ((transition: Transition) => void) | undefined;
  /** Once the end of an execution is on disk. */
  readonly onEnded: (execution: ExecutionRecord) => void;
  /** Once a task is there for workers of the activity. */
  readonly onActivityOffered: (activityArn: string) => void;
}

export interface Records {
  readonly machines: MachineRecords;
  readonly executions: ExecutionRecords;
  readonly strands: StrandRecords;
  readonly history: HistoryRecords;
  readonly activities: ActivityRecords;
  readonly mapRuns: MapRunRecords;
}

export interface Transition {
  readonly executionArn: string;
  readonly executionName: string;
  readonly traceId: string;
  readonly stateName: string;
}
