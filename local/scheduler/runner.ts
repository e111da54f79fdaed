import type { Outbox } from '../delivery/outbox.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Store } from '../kernel/store.ts';
import { firing } from './firing.ts';
import { missedSlots } from './missed-slots.ts';
import { nextSlot } from './schedule.ts';
import type { Schedule, Schedules } from './schedules.ts';

/** Fires schedules when they are due. A slot is marked as done in the write that accepts its delivery. */
export class ScheduleRunner {
  readonly #options: RunnerOptions;
  readonly #timers = new Map<string, Timer>();
  #isRunning = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isRunning = true;
    this.#options.outbox.start();
    for (const schedule of this.#options.schedules.all()) {
      this.#catchUp(schedule);
      this.arm(schedule.group, schedule.name);
    }
  }

  stop(): void {
    this.#isRunning = false;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#options.outbox.stop();
  }

  /** To be called when a schedule was made, changed or removed. */
  arm(group: string, name: string): void {
    const key = `${group}/${name}`;
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
    const schedule = this.#options.schedules.find(group, name);
    if (!this.#isRunning || schedule === null || schedule.definition.State !== 'ENABLED') return;
    const slotMs = nextSlot(schedule.definition, schedule.doneUntilMs, schedule.createdAtMs);
    if (slotMs === null) return;
    this.#timers.set(
      key,
      this.#options.clock.at(slotMs, () => this.#due(schedule, slotMs)),
    );
  }

  #due(armed: Schedule, slotMs: number): void {
    const work = this.#fire(armed, slotMs).then(() => this.arm(armed.group, armed.name));
    void this.#options.activity.track(work).catch((error: unknown) => {
      if (this.#isRunning) console.error(`The schedule ${armed.name} could not be fired:`, error);
    });
  }

  async #fire({ group, name }: Schedule, slotMs: number): Promise<void> {
    const ids = await this.#options.store.write(() => this.#accept(group, name, [slotMs]));
    this.#options.outbox.send(ids);
  }

  #catchUp(schedule: Schedule): void {
    if (schedule.definition.State !== 'ENABLED') return;
    const slots = this.#missed(schedule);
    if (slots.length === 0) return;
    const ids = this.#options.store.writeNow(() => this.#accept(schedule.group, schedule.name, slots));
    this.#options.outbox.send(ids);
  }

  #missed(schedule: Schedule): number[] {
    const nowMs = this.#options.clock.now();
    const oldestMs = nowMs - schedule.definition.Target.RetryPolicy.MaximumEventAgeInSeconds * 1000;
    return missedSlots({
      next: (afterMs) => nextSlot(schedule.definition, afterMs, schedule.createdAtMs),
      doneUntilMs: Math.max(schedule.doneUntilMs, oldestMs),
      nowMs,
    });
  }

  /** Reads the schedule again inside the write: it may have changed since its timer was set. */
  #accept(group: string, name: string, slots: readonly number[]): number[] {
    const { schedules, outbox, clock } = this.#options;
    const schedule = schedules.find(group, name);
    if (schedule === null || schedule.definition.State !== 'ENABLED') return [];
    const due = slots.filter((slotMs) => slotMs > schedule.doneUntilMs);
    const last = due.at(-1);
    if (last === undefined) return [];
    const ids = due.map((slotMs) => outbox.add(firing(schedule, slotMs, clock.now())));
    const isOver = nextSlot(schedule.definition, last, schedule.createdAtMs) === null;
    if (isOver && schedule.definition.ActionAfterCompletion === 'DELETE') schedules.remove(group, name);
    else schedules.save({ ...schedule, doneUntilMs: last });
    return ids;
  }
}

export interface RunnerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly schedules: Schedules;
  readonly outbox: Outbox;
}
