import type { Activity } from '../kernel/activity.ts';
import type { JsonObject } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { Records } from './execution/engine-options.ts';
import type { ExecutionRecord } from './records/executions.ts';
import { statusChangeDetail } from './status-change.ts';

/** Tells others that executions have begun or ended; the end at least once, also over a crash. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #waiting = new Map<number, ((execution: ExecutionRecord) => void)[]>();

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Tells again what a process that died may not have told. */
  start(): void {
    if (this.#options.onStatusChange === undefined) return;
    for (const execution of this.#options.records.executions.unannounced()) this.#announceEnd(execution);
  }

  started(execution: ExecutionRecord): void {
    const { onStatusChange, activity } = this.#options;
    if (onStatusChange === undefined || !isTold(execution)) return;
    void activity.track(Promise.resolve(onStatusChange(statusChangeDetail(execution))));
  }

  ended(execution: ExecutionRecord): void {
    for (const resolve of this.#waiting.get(execution.id) ?? []) resolve(execution);
    this.#waiting.delete(execution.id);
    this.#announceEnd(execution);
  }

  /** Settles when the execution has ended. */
  whenEnded(id: number): Promise<ExecutionRecord> {
    const execution = this.#options.records.executions.get(id);
    if (execution !== null && execution.status !== 'RUNNING') return Promise.resolve(execution);
    return new Promise((resolve) => {
      this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]);
    });
  }

  #announceEnd(execution: ExecutionRecord): void {
    const { onStatusChange, activity } = this.#options;
    if (onStatusChange === undefined || !isTold(execution)) return;
    void activity.track(this.#tell(execution, onStatusChange));
  }

  async #tell(execution: ExecutionRecord, onStatusChange: (detail: JsonObject) => void | Promise<void>): Promise<void> {
    await onStatusChange(statusChangeDetail(execution));
    await this.#options.store.write(() => this.#options.records.executions.markAnnounced(execution.id));
  }
}

export interface AnnouncerOptions {
  readonly store: Store;
  readonly activity: Activity;
  readonly records: Records;
  readonly onStatusChange: ((detail: JsonObject) => void | Promise<void>) | undefined;
}

/** Express executions and the children of a distributed Map send no events. */
function isTold(execution: ExecutionRecord): boolean {
  return execution.type === 'STANDARD' && execution.mapRunArn === null;
}
