import { type AlarmDefinition, type AlarmState, COMPARISONS } from './alarm.ts';

/** A period that the alarm looks at, with its value where there is one. */
export interface Datapoint {
  readonly atMs: number;
  readonly value: number | null;
}

export interface Judgement {
  /** null: the alarm keeps the state that it has. */
  readonly state: AlarmState | null;
  /** The values that were judged, newest first. */
  readonly recent: readonly RealDatapoint[];
  readonly breachingCount: number;
  readonly missingCount: number;
}

export interface RealDatapoint extends Datapoint {
  readonly value: number;
}

/**
 * The state of an alarm by CloudWatch's rules for missing data. `datapoints` is the evaluation range, oldest first; it
 * reaches back a little further than the evaluation periods, so that late or missing values matter only when too few
 * are there.
 */
export function judge(
  definition: AlarmDefinition,
  datapointsToAlarm: number,
  datapoints: readonly Datapoint[],
): Judgement {
  const newestFirst = [...datapoints].reverse();
  const real = newestFirst.filter((point): point is RealDatapoint => point.value !== null);
  const recent = real.slice(0, definition.EvaluationPeriods);
  const isBreaching = ({ value }: RealDatapoint): boolean =>
    COMPARISONS[definition.ComparisonOperator].holds(value, definition.Threshold);
  const breachingCount = recent.filter(isBreaching).length;
  const missingCount = definition.EvaluationPeriods - recent.length;
  const facts = { recent, breachingCount, missingCount };
  if (breachingCount >= datapointsToAlarm) return { ...facts, state: 'ALARM' };
  if (missingCount === 0) return { ...facts, state: 'OK' };
  const oldest = recent.at(-1);
  const oldestAge = oldest === undefined ? 0 : newestFirst.indexOf(oldest) + 1;
  return { ...facts, state: stateWithMissing(definition, datapointsToAlarm, facts, oldestAge) };
}

function stateWithMissing(
  definition: AlarmDefinition,
  datapointsToAlarm: number,
  { recent, breachingCount, missingCount }: Omit<Judgement, 'state'>,
  oldestAge: number,
): AlarmState | null {
  switch (definition.TreatMissingData) {
    case 'notBreaching':
      return 'OK';
    case 'breaching':
      return breachingCount + missingCount >= datapointsToAlarm ? 'ALARM' : 'OK';
    case 'ignore':
      return recent.length > 0 && breachingCount < recent.length ? 'OK' : null;
    case 'missing': {
      if (recent.length === 0) return 'INSUFFICIENT_DATA';
      if (breachingCount < recent.length) return 'OK';
      // All that is known breaches. That is enough once it began as long ago as datapoints are needed.
      return oldestAge >= datapointsToAlarm ? 'ALARM' : null;
    }
  }
}
