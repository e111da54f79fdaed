import type { Outbox } from '../delivery/outbox.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Store } from '../kernel/store.ts';
import type { AlarmState } from './alarm.ts';
import { actionsFor } from './alarm-actions.ts';
import type { Alarm, Alarms } from './alarms.ts';
import { type Datapoint, judge } from './judge.ts';
import type { MathValue } from './math/series.ts';
import type { MetricPoint } from './metric.ts';
import type { MetricPoints } from './points.ts';
import { runQuery } from './query.ts';
import { stateReason } from './reason.ts';

const MINUTE_MS = 60_000;
/** How many periods beyond those it evaluates an alarm looks back for values. */
const EXTRA_PERIODS = 2;

/**
 * Judges all alarms at every full minute. It sleeps while no value is in reach of any alarm, because nothing can change
 * then, and is woken by the next value: a day without traffic costs nothing.
 */
export class AlarmEvaluator {
  readonly #options: AlarmEvaluatorOptions;
  #timer: Timer | null = null;
  #isRunning = false;
  #latestPointAtMs: number;

  constructor(options: AlarmEvaluatorOptions) {
    this.#options = options;
    this.#latestPointAtMs = options.points.latestAtMs() ?? 0;
  }

  start(): void {
    this.#isRunning = true;
    this.#arm();
  }

  stop(): void {
    this.#isRunning = false;
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** To be called when a value came in or an alarm was made. */
  wake(atMs: number): void {
    this.#latestPointAtMs = Math.max(this.#latestPointAtMs, atMs);
    if (this.#timer === null) this.#arm();
  }

  /** Sets the state of an alarm and sets off its actions. Call inside a write; send what it answers after it. */
  transit(alarm: Alarm, to: AlarmState, reason: string): number[] {
    const { alarms, clock, outbox, place } = this.#options;
    const atMs = clock.now();
    const transition = { alarmName: alarm.name, atMs, from: alarm.state, to, reason };
    alarms.save({ ...alarm, state: to, reason, changedAtMs: atMs });
    alarms.addTransition(transition);
    return actionsFor(alarm, transition, place).map((delivery) => outbox.add(delivery));
  }

  #arm(): void {
    if (!this.#isRunning) return;
    const nextMinuteMs = (Math.floor(this.#options.clock.now() / MINUTE_MS) + 1) * MINUTE_MS;
    this.#timer = this.#options.clock.at(nextMinuteMs, () => this.#tick(nextMinuteMs));
  }

  #tick(minuteMs: number): void {
    const work = this.#evaluateAll(minuteMs).finally(() => {
      this.#timer = null;
      if (minuteMs <= this.#latestPointAtMs + this.#reachMs()) this.#arm();
    });
    void this.#options.activity.track(work).catch((error: unknown) => {
      if (this.#isRunning) console.error('The alarms could not be evaluated:', error);
    });
  }

  /** How long after a value an alarm may still change because of it. */
  #reachMs(): number {
    const reaches = this.#options.alarms
      .all()
      .map(({ definition, watch }) => (definition.EvaluationPeriods + EXTRA_PERIODS + 1) * watch.queries.periodMs);
    return Math.max(MINUTE_MS, ...reaches);
  }

  async #evaluateAll(minuteMs: number): Promise<void> {
    const { store, alarms, outbox, points } = this.#options;
    const gauges = this.#options.gauges?.() ?? [];
    const busy = gauges.filter(({ value }) => value !== 0).map(({ atMs }) => atMs);
    this.#latestPointAtMs = Math.max(this.#latestPointAtMs, ...busy);
    const ids = await store.write(() => {
      // A gauge read at the full minute counts for the period that ends there.
      for (const gauge of gauges) points.add({ ...gauge, atMs: minuteMs - 1 });
      return alarms.all().flatMap((alarm) => this.#evaluate(alarm, minuteMs));
    });
    outbox.send(ids);
  }

  #evaluate(alarm: Alarm, minuteMs: number): number[] {
    const { definition, watch } = alarm;
    const { periodMs } = watch.queries;
    const count = definition.EvaluationPeriods + EXTRA_PERIODS;
    const times = Array.from({ length: count }, (_, index) => minuteMs - (count - index) * periodMs);
    const value = runQuery(this.#options.points, watch.queries, watch.queryId, times);
    const judgement = judge(definition, watch.datapointsToAlarm, datapointsOf(value, times));
    const { state } = judgement;
    if (state === null || state === alarm.state) return [];
    return this.transit(alarm, state, stateReason(definition, watch.datapointsToAlarm, state, judgement));
  }
}

export const UNCHECKED = 'Unchecked: Initial alarm creation';

function datapointsOf(value: MathValue, times: readonly number[]): Datapoint[] {
  return times.map((atMs) => {
    if (value.kind === 'scalar') return { atMs, value: Number.isFinite(value.value) ? value.value : null };
    return { atMs, value: value.kind === 'series' ? (value.series.get(atMs) ?? null) : null };
  });
}

export interface AlarmEvaluatorOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly points: MetricPoints;
  readonly alarms: Alarms;
  readonly outbox: Outbox;
  /** Read at every full minute while awake. Zeros alone do not keep it awake. */
  readonly gauges?: () => readonly MetricPoint[];
}
