import type { Delivery } from '../delivery/pending.ts';
import { targetCall } from '../delivery/target.ts';
import type { Place } from '../kernel/names.ts';
import type { Caller, Json, JsonObject } from '../kernel/service.ts';
import type { Alarm, AlarmTransition } from './alarms.ts';

const DAY_MS = 86_400_000;

/** What a change of state sets off: a message to each topic, or a call of each function, that is named for the new state. */
export function actionsFor(alarm: Alarm, transition: AlarmTransition, place: Place): Delivery[] {
  const { definition } = alarm;
  if (!definition.ActionsEnabled) return [];
  const arns = {
    ALARM: definition.AlarmActions,
    OK: definition.OKActions,
    INSUFFICIENT_DATA: definition.InsufficientDataActions,
  }[transition.to];
  return arns.map((arn) => delivery(arn, alarm, transition, place));
}

/** Topics and functions; anything else would be passed over in silence otherwise. */
export function isActionBuilt(arn: string): boolean {
  return ['sns', 'lambda'].includes(arn.split(':')[2] ?? '');
}

function delivery(arn: string, alarm: Alarm, transition: AlarmTransition, place: Place): Delivery {
  const message = JSON.stringify(notification(alarm, transition, place));
  const call = targetCall(arn, message, alarm.name);
  const isTopic = call.service === 'sns';
  const service = isTopic ? 'cloudwatch.amazonaws.com' : 'lambda.alarms.cloudwatch.amazonaws.com';
  const caller: Caller = { kind: 'service', service, sourceArn: alarm.arn, traceId: null };
  return {
    ...call,
    input: isTopic ? { ...call.input, Subject: subject(transition, place) } : call.input,
    caller,
    maxRetries: 10,
    maxAgeMs: DAY_MS,
    deadLetter: { queueArn: null, caller, body: message, about: { ALARM_ARN: alarm.arn, ACTION_ARN: arn } },
  };
}

/** Topics take at most 100 characters. */
function subject({ to, alarmName }: AlarmTransition, place: Place): string {
  return `${to}: "${alarmName}" in ${place.region}`.slice(0, 100);
}

function notification(alarm: Alarm, transition: AlarmTransition, place: Place): JsonObject {
  const { definition } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmDescription: definition.AlarmDescription,
    AWSAccountId: place.accountId,
    AlarmConfigurationUpdatedTimestamp: isoWithOffset(alarm.configuredAtMs),
    NewStateValue: transition.to,
    NewStateReason: transition.reason,
    StateChangeTime: isoWithOffset(transition.atMs),
    Region: place.region,
    AlarmArn: alarm.arn,
    OldStateValue: transition.from,
    OKActions: definition.OKActions,
    AlarmActions: definition.AlarmActions,
    InsufficientDataActions: definition.InsufficientDataActions,
    Trigger: trigger(alarm),
  };
}

function trigger({ definition, watch }: Alarm): JsonObject {
  const single: Record<string, Json> =
    definition.Metrics === undefined
      ? { MetricName: definition.MetricName ?? '', Namespace: definition.Namespace ?? '' }
      : { Metrics: JSON.parse(JSON.stringify(definition.Metrics)) as Json };
  return {
    ...single,
    Period: watch.queries.periodMs / 1000,
    EvaluationPeriods: definition.EvaluationPeriods,
    DatapointsToAlarm: watch.datapointsToAlarm,
    ComparisonOperator: definition.ComparisonOperator,
    Threshold: definition.Threshold,
    TreatMissingData: definition.TreatMissingData,
  };
}

/** `2026-11-23T17:35:00.000+0000` */
function isoWithOffset(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '+0000');
}
