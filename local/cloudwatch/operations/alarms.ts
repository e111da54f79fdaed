import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { notBuilt } from '../../kernel/errors.ts';
import type { Json, JsonObject, Operation, Permission } from '../../kernel/service.ts';
import { type AlarmDefinition, AlarmInput, watchOf } from '../alarm.ts';
import { isActionBuilt } from '../alarm-actions.ts';
import type { Alarm } from '../alarms.ts';
import { UNCHECKED } from '../evaluator.ts';
import { type CloudwatchParts, cloudwatchOperation, write } from '../parts.ts';

const State = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
const Names = z.strictObject({ AlarmNames: z.array(z.string()).min(1).max(100) });

export function alarmOperations(parts: CloudwatchParts): Record<string, Operation> {
  return {
    PutMetricAlarm: cloudwatchOperation({
      name: 'PutMetricAlarm',
      input: AlarmInput,
      permissions: (input) => onAlarms(parts, [input.AlarmName], 'PutMetricAlarm'),
      run: async (input) => {
        const alarm = alarmFrom(parts, input, false);
        await write(parts, () => parts.alarms.save(alarm));
        parts.evaluator.wake();
        return {};
      },
    }),
    DescribeAlarms: cloudwatchOperation({
      name: 'DescribeAlarms',
      input: DescribeInput,
      permissions: () => [{ action: 'cloudwatch:DescribeAlarms', resource: '*' }],
      run: (input) => ({ MetricAlarms: chosen(parts, input).map(described), CompositeAlarms: [] }),
    }),
    DescribeAlarmHistory: cloudwatchOperation({
      name: 'DescribeAlarmHistory',
      input: z.strictObject({ AlarmName: z.string().optional(), MaxRecords: z.int().min(1).max(100).default(100) }),
      permissions: () => [{ action: 'cloudwatch:DescribeAlarmHistory', resource: '*' }],
      run: (input) => history(parts, input.AlarmName ?? null, input.MaxRecords),
    }),
    DeleteAlarms: cloudwatchOperation({
      name: 'DeleteAlarms',
      input: Names,
      permissions: (input) => onAlarms(parts, input.AlarmNames, 'DeleteAlarms'),
      run: async (input) => {
        await write(parts, () => {
          for (const name of input.AlarmNames) parts.alarms.remove(name);
        });
        return {};
      },
    }),
    SetAlarmState: cloudwatchOperation({
      name: 'SetAlarmState',
      input: z.strictObject({ AlarmName: z.string(), StateValue: State, StateReason: z.string() }),
      permissions: (input) => onAlarms(parts, [input.AlarmName], 'SetAlarmState'),
      run: async (input) => {
        const ids = await write(parts, () =>
          parts.evaluator.transit(parts.alarms.get(input.AlarmName), input.StateValue, input.StateReason),
        );
        parts.outbox.send(ids);
        parts.evaluator.wake();
        return {};
      },
    }),
    EnableAlarmActions: switchActions(parts, 'EnableAlarmActions', true),
    DisableAlarmActions: switchActions(parts, 'DisableAlarmActions', false),
  };
}

function switchActions(parts: CloudwatchParts, name: string, isEnabled: boolean): Operation {
  return cloudwatchOperation({
    name,
    input: Names,
    permissions: (input) => onAlarms(parts, input.AlarmNames, name),
    run: async (input) => {
      await write(parts, () => {
        for (const alarm of input.AlarmNames.map((alarmName) => parts.alarms.get(alarmName))) {
          parts.alarms.save({ ...alarm, definition: { ...alarm.definition, ActionsEnabled: isEnabled } });
        }
      });
      return {};
    },
  });
}

function onAlarms(parts: CloudwatchParts, names: readonly string[], action: string): Permission[] {
  return names.map((name) => ({ action: `cloudwatch:${action}`, resource: parts.alarms.arn(name) }));
}

/** A new alarm, or the one that is there with a new definition; its state stays. Throws for what CloudWatch would refuse. */
export function alarmFrom(
  parts: Pick<CloudwatchParts, 'alarms' | 'clock'>,
  definition: AlarmDefinition,
  isFromTemplate: boolean,
): Alarm {
  const watch = watchOf(definition);
  const actions = [...definition.AlarmActions, ...definition.OKActions, ...definition.InsufficientDataActions];
  const unknown = actions.find((arn) => !isActionBuilt(arn));
  if (unknown !== undefined) throw notBuilt('CloudWatch', `alarm action ${unknown}`);
  const name = definition.AlarmName;
  const existing = parts.alarms.find(name);
  const nowMs = parts.clock.now();
  return {
    name,
    arn: parts.alarms.arn(name),
    definition,
    watch,
    isFromTemplate,
    state: existing?.state ?? 'INSUFFICIENT_DATA',
    reason: existing?.reason ?? UNCHECKED,
    changedAtMs: existing?.changedAtMs ?? nowMs,
    configuredAtMs: nowMs,
  };
}

const DescribeInput = z.strictObject({
  AlarmNames: z.array(z.string()).optional(),
  AlarmNamePrefix: z.string().default(''),
  StateValue: State.optional(),
  AlarmTypes: z.array(z.string()).optional(),
});

function chosen(parts: CloudwatchParts, filter: z.output<typeof DescribeInput>): Alarm[] {
  return parts.alarms.all().filter((alarm) => {
    if (filter.AlarmNames !== undefined && !filter.AlarmNames.includes(alarm.name)) return false;
    if (filter.StateValue !== undefined && alarm.state !== filter.StateValue) return false;
    return alarm.name.startsWith(filter.AlarmNamePrefix);
  });
}

function described(alarm: Alarm): JsonObject {
  const { Tags: _tags, Dimensions: dimensions, Metrics: metrics, ...definition } = alarm.definition;
  return present({
    ...(JSON.parse(JSON.stringify(definition)) as JsonObject),
    AlarmArn: alarm.arn,
    Dimensions: dimensionList(dimensions),
    Metrics: metrics?.map((query): Json => {
      const stat = query.MetricStat;
      if (stat === undefined) return JSON.parse(JSON.stringify(query)) as Json;
      const Metric = { ...stat.Metric, Dimensions: dimensionList(stat.Metric.Dimensions) };
      return JSON.parse(JSON.stringify({ ...query, MetricStat: { ...stat, Metric } })) as Json;
    }),
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateUpdatedTimestamp: alarm.changedAtMs / 1000,
    StateTransitionedTimestamp: alarm.changedAtMs / 1000,
    AlarmConfigurationUpdatedTimestamp: alarm.configuredAtMs / 1000,
  });
}

function dimensionList(dimensions: Readonly<Record<string, string>>): Json {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function history(parts: CloudwatchParts, name: string | null, limit: number): JsonObject {
  return {
    AlarmHistoryItems: parts.alarms.transitions(name, limit).map(({ alarmName, atMs, from, to, reason }) => ({
      AlarmName: alarmName,
      AlarmType: 'MetricAlarm',
      Timestamp: atMs / 1000,
      HistoryItemType: 'StateUpdate',
      HistorySummary: `Alarm updated from ${from} to ${to}`,
      HistoryData: JSON.stringify({
        oldState: { stateValue: from },
        newState: { stateValue: to, stateReason: reason },
      }),
    })),
  };
}
