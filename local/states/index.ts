import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch, JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { Announcer } from './announcer.ts';
import { Engine } from './execution/engine.ts';
import type { Records, Transition } from './execution/engine-options.ts';
import { addressOf } from './execution/task-token.ts';
import { taskCaller } from './integrations/call-task.ts';
import { activityOperations } from './operations/activity-operations.ts';
import { ActivityQueue } from './operations/activity-queue.ts';
import { aliasOperations } from './operations/alias-operations.ts';
import type { AliasToEnsure, MachineToEnsure, VersionToEnsure } from './operations/ensure.ts';
import { ensureAlias, ensureStateMachine, ensureVersion } from './operations/ensure.ts';
import { executionOperations } from './operations/execution-operations.ts';
import { historyOperations } from './operations/history-operations.ts';
import { withKnownMembersOnly } from './operations/known-members.ts';
import { machineOperations } from './operations/machine-operations.ts';
import { mapRunOperations } from './operations/map-run-operations.ts';
import { redriveOperations } from './operations/redrive-operation.ts';
import type { StatesContext } from './operations/states-context.ts';
import { tagOperations } from './operations/tag-operations.ts';
import { taskOperations } from './operations/task-operations.ts';
import { testStateOperations } from './operations/test-state/test-state-operation.ts';
import { validationOperations } from './operations/validation-operations.ts';
import { versionOperations } from './operations/version-operations.ts';
import { ActivityRecords } from './records/activities.ts';
import { eraseTexts } from './records/erase-texts.ts';
import { ExecutionRecords } from './records/executions.ts';
import { HistoryRecords } from './records/history.ts';
import { MachineRecords } from './records/machines.ts';
import { MapRunRecords } from './records/map-runs.ts';
import { StrandRecords } from './records/strands.ts';
import { defineTables } from './records/tables.ts';

export type { Transition } from './execution/engine-options.ts';
export type { AliasToEnsure, MachineToEnsure, VersionToEnsure } from './operations/ensure.ts';

/** Step Functions of the local runtime. */
export interface States extends Service {
  /** Boots a machine from the template and gives its ARN. A changed definition counts for executions that begin later. */
  ensureStateMachine(machine: MachineToEnsure): string;
  /** Publishes the machine's current revision under this number, unless there is such a version; gives the version's ARN. */
  ensureVersion(version: VersionToEnsure): string;
  /** Executions that began by it go on. */
  removeVersion(versionArn: string): void;
  /** The machine's highest version number, 0 without versions. */
  lastVersion(stateMachineArn: string): number;
  /** Points an alias to versions; gives its ARN. */
  ensureAlias(alias: AliasToEnsure): string;
  /** The trace of the execution that a task token belongs to; null for what is no token, or when it is gone. */
  traceOfToken(token: string): string | null;
  /** Empties executions that are over and hold one of these texts; gives how many. Step Functions itself cannot do that. */
  eraseTexts(texts: readonly string[]): Promise<number>;
  /** Takes up all running executions where they were. To be called once the services that tasks call are there. */
  start(): void;
  /** Stops without ending anything: the next start goes on. */
  stop(): void;
}

export interface StatesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly dispatch: Dispatch;
  /** Chance from 0 up to but not including 1, for jitter and random functions. Default: Math.random. */
  readonly random?: () => number;
  /** For each state that was entered, once that is on disk. A crash may swallow the last ones. */
  readonly onTransition?: (transition: Transition) => void;
  /**
   * Detail of the event `Step Functions Execution Status Change`, for the start and the end of each Standard execution.
   * The end is told at least once, also over a crash: again until the promise resolves.
   */
  readonly onStatusChange?: (detail: JsonObject) => void | Promise<void>;
}

export function createStates(options: StatesOptions): States {
  const { store, clock, activity, place, dispatch } = options;
  defineTables(store);
  const records = recordsOf(store);
  const random = options.random ?? Math.random;
  const activityQueue = new ActivityQueue(clock);
  const announcer = new Announcer({ store, activity, records, onStatusChange: options.onStatusChange });
  const engine = new Engine({
    store,
    clock,
    activity,
    place,
    random,
    records,
    call: taskCaller(dispatch),
    onTransition: options.onTransition,
    onEnded: (execution) => announcer.ended(execution),
    onActivityOffered: (arn) => activityQueue.announce(arn),
  });
  const context: StatesContext = {
    store,
    clock,
    place,
    records,
    engine,
    random,
    dispatch,
    activityQueue,
    whenEnded: (id) => announcer.whenEnded(id),
    onStarted: (execution) => announcer.started(execution),
  };
  return {
    name: 'states',
    operations: operationsOf(context),
    ensureStateMachine: (machine) => ensureStateMachine(context, machine),
    ensureVersion: (version) => ensureVersion(context, version),
    removeVersion: (arn) => void store.writeNow(() => records.machines.removeVersion(arn)),
    lastVersion: (arn) => records.machines.versions(arn)[0]?.number ?? 0,
    ensureAlias: (alias) => ensureAlias(context, alias),
    traceOfToken: (token) => {
      const address = addressOf(token);
      return address === null ? null : (records.executions.get(address.execution)?.traceId ?? null);
    },
    eraseTexts: (texts) => store.write(() => eraseTexts(store, texts)),
    start: () => {
      engine.start();
      announcer.start();
    },
    stop: () => engine.stop(),
  };
}

function recordsOf(store: Store): Records {
  return {
    machines: new MachineRecords(store),
    executions: new ExecutionRecords(store),
    strands: new StrandRecords(store),
    history: new HistoryRecords(store),
    activities: new ActivityRecords(store),
    mapRuns: new MapRunRecords(store),
  };
}

function operationsOf(context: StatesContext): Service['operations'] {
  return withKnownMembersOnly({
    ...machineOperations(context),
    ...versionOperations(context),
    ...aliasOperations(context),
    ...executionOperations(context),
    ...historyOperations(context),
    ...taskOperations(context),
    ...activityOperations(context),
    ...mapRunOperations(context),
    ...redriveOperations(context),
    ...testStateOperations(context),
    ...validationOperations(),
    ...tagOperations(),
  });
}
