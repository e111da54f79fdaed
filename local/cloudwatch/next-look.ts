import type { Alarm } from './alarms.ts';
import type { MetricName } from './metric.ts';
import type { MetricPoints } from './points.ts';

const MINUTE_MS = 60_000;
/** How many periods beyond those it evaluates an alarm looks back for values. */
const EXTRA_PERIODS = 2;

export function periodsInReach({ definition }: Alarm): number {
  return definition.EvaluationPeriods + EXTRA_PERIODS;
}

/**
 * The first full minute after `minuteMs` at which an alarm may change although no new value comes in, because one that
 * is there moves from one period to the one before or falls out of reach; null when all will stay as it is. A gauge that
 * is zero is taken to stay so.
 */
export function nextLook(alarms: readonly Alarm[], values: KnownValues, minuteMs: number): number | null {
  const looks = alarms.flatMap((alarm) => nextMoves(alarm, values, minuteMs));
  return looks.length === 0 ? null : Math.max(minuteMs + MINUTE_MS, Math.min(...looks));
}

export interface KnownValues {
  readonly points: MetricPoints;
  readonly isGauge: (metric: MetricName) => boolean;
}

function nextMoves(alarm: Alarm, { points, isGauge }: KnownValues, minuteMs: number): number[] {
  const { periodMs, queries } = alarm.watch.queries;
  const reach = periodsInReach(alarm);
  const fromMs = minuteMs - (reach + 1) * periodMs;
  return [...queries.values()].flatMap((query) => {
    if (query.kind === 'expression') return [];
    const which = isGauge(query.metric) ? 'not-zero' : 'all';
    return points.minutes(query.metric, fromMs, which).flatMap((minute) => {
      const firstSeenMs = (minute + 1) * MINUTE_MS;
      const periodsPassed = Math.max(0, Math.floor((minuteMs - firstSeenMs) / periodMs) + 1);
      return periodsPassed > reach ? [] : [firstSeenMs + periodsPassed * periodMs];
    });
  });
}
