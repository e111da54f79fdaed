import type { Outbox } from '../delivery/outbox.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Store } from '../kernel/store.ts';
import type { AlarmState } from './alarm.ts';
import { actionsFor } from './alarm-actions.ts';
import type { Alarm, Alarms } from './alarms.ts';
import { GaugeReader } from './gauge-reader.ts';
import { type Datapoint, judge } from './judge.ts';
import type { MathValue } from './math/series.ts';
import type { MetricName, MetricPoint } from './metric.ts';
import { nextLook, periodsInReach } from './next-look.ts';
import type { MetricPoints } from './points.ts';
import { runQuery } from './query.ts';
import { stateReason } from './reason.ts';

const MINUTE_MS = 60_000;

/**
 * Judges all alarms at each full minute at which one of them may change: every minute while a gauge is not zero, else
 * when a value comes in, moves on to an earlier period, or falls out of reach. A day without traffic costs nothing.
 */
export class AlarmEvaluator {
  readonly #options: AlarmEvaluatorOptions;
  readonly #gauges: GaugeReader;
  #timer: Timer | null = null;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #isRunning = false;

  constructor(options: AlarmEvaluatorOptions) {
    this.#options = options;
    this.#gauges = new GaugeReader(options.points, options.gauges ?? (() => []));
  }

  start(): void {
    this.#isRunning = true;
    this.wake();
  }

  stop(): void {
    this.#isRunning = false;
    this.#arm(null);
  }

  /** To be called when a value came in or an alarm was made: looks at the next full minute. */
  wake(): void {
    const nextMinuteMs = (Math.floor(this.#options.clock.now() / MINUTE_MS) + 1) * MINUTE_MS;
    if (this.#isRunning && nextMinuteMs < this.#timerAtMs) this.#arm(nextMinuteMs);
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

  #arm(atMs: number | null): void {
    this.#timer?.cancel();
    this.#timerAtMs = atMs ?? Number.POSITIVE_INFINITY;
    this.#timer = atMs === null ? null : this.#options.clock.at(atMs, () => this.#look(atMs));
  }

  #look(minuteMs: number): void {
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    const work = this.#evaluateAll(minuteMs).then(() => this.#lookAgain(minuteMs));
    void this.#options.activity.track(work).catch((error: unknown) => {
      if (this.#isRunning) console.error('The alarms could not be evaluated:', error);
    });
  }

  #lookAgain(minuteMs: number): void {
    const { alarms, points } = this.#options;
    const values = { points, isGauge: (metric: MetricName) => this.#gauges.isGauge(metric) };
    const nextMs = this.#gauges.isBusy ? minuteMs + MINUTE_MS : nextLook(alarms.all(), values, minuteMs);
    if (this.#isRunning && nextMs !== null && nextMs < this.#timerAtMs) this.#arm(nextMs);
  }

  async #evaluateAll(minuteMs: number): Promise<void> {
    const { store, alarms, outbox } = this.#options;
    const ids = await store.write(() => {
      this.#gauges.read(minuteMs);
      return alarms.all().flatMap((alarm) => this.#evaluate(alarm, minuteMs));
    });
    outbox.send(ids);
  }

  #evaluate(alarm: Alarm, minuteMs: number): number[] {
    const { definition, watch } = alarm;
    const { periodMs } = watch.queries;
    const count = periodsInReach(alarm);
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
  /** Levels read at each look. While one is not zero, every full minute is looked at. */
  readonly gauges?: () => readonly MetricPoint[];
}
