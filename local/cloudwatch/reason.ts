import { type AlarmDefinition, type AlarmState, COMPARISONS } from './alarm.ts';
import type { Judgement, RealDatapoint } from './judge.ts';

/** Why an alarm has its state, in CloudWatch's words. */
export function stateReason(
  definition: AlarmDefinition,
  datapointsToAlarm: number,
  state: AlarmState,
  judgement: Judgement,
): string {
  const { recent, missingCount, breachingCount } = judgement;
  if (state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${counted(definition.EvaluationPeriods, 'datapoint')} ${wasOrWere(definition.EvaluationPeriods)} unknown.`;
  }
  if (recent.length === 0) {
    const treatedAs = state === 'ALARM' ? 'Breaching' : 'NonBreaching';
    return `Threshold Crossed: no datapoints were received for ${counted(missingCount, 'period')} and ${counted(missingCount, 'missing datapoint')} ${wasOrWere(missingCount)} treated as [${treatedAs}].`;
  }
  const comparison = `${COMPARISONS[definition.ComparisonOperator].words} the threshold (${decimal(definition.Threshold)})`;
  if (state === 'ALARM') {
    const breaching = recent.filter(({ value }) =>
      COMPARISONS[definition.ComparisonOperator].holds(value, definition.Threshold),
    );
    return `Threshold Crossed: ${breachingCount} out of the last ${counted(definition.EvaluationPeriods, 'datapoint')} ${listed(breaching)} ${wasOrWere(breachingCount)} ${comparison} (minimum ${counted(datapointsToAlarm, 'datapoint')} for OK -> ALARM transition).`;
  }
  return `Threshold Crossed: ${counted(recent.length, 'datapoint')} ${listed(recent)} ${wasOrWere(recent.length)} not ${comparison}.`;
}

function listed(datapoints: readonly RealDatapoint[]): string {
  return `[${datapoints.map(({ value, atMs }) => `${decimal(value)} (${shortTime(atMs)})`).join(', ')}]`;
}

/** `23/11/26 17:35:00` */
function shortTime(atMs: number): string {
  const iso = new Date(atMs).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function wasOrWere(count: number): string {
  return count === 1 ? 'was' : 'were';
}
