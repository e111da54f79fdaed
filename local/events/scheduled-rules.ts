import { randomUUID } from 'node:crypto';
import type { Outbox } from '../delivery/outbox.ts';
import { newTraceId } from '../endpoint/trace.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Store } from '../kernel/store.ts';
import { missedSlots, readScheduleExpression } from '../scheduler/index.ts';
import type { EventBuses } from './bus.ts';
import { envelopeOf } from './event.ts';
import type { Rule, Rules } from './rules.ts';

const DAY_MS = 86_400_000;

/** Rules with a schedule instead of a pattern. Slots missed while the runtime was down fire as those of Scheduler do. */
export class ScheduledRules {
  readonly #options: ScheduledRulesOptions;
  readonly #timers = new Map<string, Timer>();
  #isRunning = false;

  constructor(options: ScheduledRulesOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isRunning = true;
    for (const rule of this.#options.rules.all()) {
      this.#catchUp(rule);
      this.arm(rule.bus, rule.name);
    }
  }

  stop(): void {
    this.#isRunning = false;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  /** To be called when a rule was made, changed or removed. */
  arm(bus: string, name: string): void {
    const key = `${bus}/${name}`;
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
    const rule = this.#options.rules.find(bus, name);
    if (!this.#isRunning || rule === null || !rule.isEnabled) return;
    const slotMs = nextSlot(rule, rule.doneUntilMs);
    if (slotMs === null) return;
    this.#timers.set(
      key,
      this.#options.clock.at(slotMs, () => this.#due(bus, name, slotMs)),
    );
  }

  #due(bus: string, name: string, slotMs: number): void {
    const { store, outbox, activity } = this.#options;
    const work = store
      .write(() => this.#accept(bus, name, [slotMs]))
      .then((ids) => {
        outbox.send(ids);
        this.arm(bus, name);
      });
    void activity.track(work).catch((error: unknown) => {
      if (this.#isRunning) console.error(`The rule ${name} could not be fired:`, error);
    });
  }

  #catchUp(rule: Rule): void {
    if (!rule.isEnabled || rule.scheduleExpression === null) return;
    const nowMs = this.#options.clock.now();
    const doneUntilMs = Math.max(rule.doneUntilMs, nowMs - DAY_MS);
    const slots = missedSlots({ next: (afterMs) => nextSlot(rule, afterMs), doneUntilMs, nowMs });
    if (slots.length === 0) return;
    const ids = this.#options.store.writeNow(() => this.#accept(rule.bus, rule.name, slots));
    this.#options.outbox.send(ids);
  }

  #accept(bus: string, name: string, slots: readonly number[]): number[] {
    const rule = this.#options.rules.find(bus, name);
    if (rule === null || !rule.isEnabled) return [];
    const due = slots.filter((slotMs) => slotMs > rule.doneUntilMs);
    const last = due.at(-1);
    if (last === undefined) return [];
    this.#options.rules.save({ ...rule, doneUntilMs: last });
    return due.flatMap((slotMs) => this.#options.buses.addDeliveries(this.#event(rule, slotMs), rule));
  }

  #event(rule: Rule, slotMs: number) {
    const { rules, place, clock } = this.#options;
    const parts = {
      id: randomUUID(),
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
      resources: [rules.ruleArn(rule.bus, rule.name)],
      timeMs: slotMs,
    };
    return { bus: rule.bus, envelope: envelopeOf(parts, place), traceId: newTraceId(clock.now()) };
  }
}

export interface ScheduledRulesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly rules: Rules;
  readonly buses: EventBuses;
  readonly outbox: Outbox;
}

/** Schedules of rules are in UTC. */
function nextSlot(rule: Rule, afterMs: number): number | null {
  if (rule.scheduleExpression === null) return null;
  return readScheduleExpression(rule.scheduleExpression, 'UTC')?.nextAfter(afterMs, rule.createdAtMs) ?? null;
}
