import { describe, expect, test } from 'vitest';
import type { MetricName } from '../local/cloudwatch/metric.ts';
import { MetricPoints } from '../local/cloudwatch/points.ts';
import { MetricQueryInput, readQueries, runQuery } from '../local/cloudwatch/query.ts';
import { Store } from '../local/kernel/store.ts';
import { type Synthesized, synthesized } from './testing/synthesized.ts';

/** Where the evaluation begins: any whole period. */
const START_MS = Date.parse('2026-11-23T00:00:00Z');
const MINUTE_MS = 60_000;

const template = synthesized();

/** Minutes before the alarm is looked at, and the value that was measured then. */
type Measured = readonly (readonly [metric: string, minutesAgo: number, value: number])[];

describe('silence', () => {
  test.each<[string, number, Measured]>([
    ['nothing happens', 0, []],
    ['a case was opened half an hour ago and not decided', 1, [['CasesOpened', 35, 1]]],
    ['a case was opened just now', 0, [['CasesOpened', 1, 1]]],
    [
      'a case was opened just now, after a long rest',
      0,
      [
        ['CasesOpened', 1, 1],
        ['Decisions', 200, 1],
      ],
    ],
    [
      'a case was opened and decided',
      0,
      [
        ['CasesOpened', 35, 1],
        ['Decisions', 34, 1],
      ],
    ],
    [
      'a case was decided in the next half hour',
      0,
      [
        ['CasesOpened', 31, 1],
        ['Decisions', 29, 1],
      ],
    ],
    ['the intake has waited for more than half an hour', 1, [['ApproximateAgeOfOldestMessage', 1, 2_400]]],
    ['the intake has waited for some minutes', 0, [['ApproximateAgeOfOldestMessage', 1, 240]]],
    [
      'the intake has waited long, but decisions are made',
      0,
      [
        ['ApproximateAgeOfOldestMessage', 1, 2_400],
        ['Decisions', 50, 1],
      ],
    ],
  ])('when %s: %i', (_situation, expected, measured) => {
    expect(newestValue('silence', measured)).toBe(expected);
  });
});

/** Counted so many minutes ago. */
const opened = (count: number, minutesAgo = 1) => ['CasesOpened', minutesAgo, count] as const;
const failed = (count: number, minutesAgo = 1) => ['Errors', minutesAgo, count] as const;
const decided = (count: number, minutesAgo = 1) => ['Decisions', minutesAgo, count] as const;
const escalated = (count: number, minutesAgo = 1) => ['Escalations', minutesAgo, count] as const;
const HOUR = 60;

describe('error-rate', () => {
  test.each<[string, { hour: number; day: number }, Measured]>([
    ['nothing was measured', { hour: 0, day: 0 }, []],
    ['no case of many met an error', { hour: 0, day: 0 }, [opened(40), failed(0)]],
    ['three of forty cases met an error', { hour: 7.5, day: 7.5 }, [opened(40), failed(3)]],
    ['one of twenty did, which is no more than may be', { hour: 5, day: 5 }, [opened(20), failed(1)]],
    ['one of nineteen did, too few to tell', { hour: 0, day: 0 }, [opened(19), failed(1)]],
    ['two of twenty did', { hour: 10, day: 10 }, [opened(20), failed(2)]],
    ['the one case of a quiet hour did', { hour: 0, day: 0 }, [opened(1), failed(1)]],
    ['two of two did in a quiet hour', { hour: 0, day: 0 }, [opened(2), failed(2)]],
    ['three of three did in a quiet hour', { hour: 100, day: 100 }, [opened(3), failed(3)]],
    [
      'each of three did in a quiet night, an hour or more between them',
      { hour: 0, day: 100 },
      [1, 2 * HOUR, 5 * HOUR].flatMap((ago) => [opened(1, ago), failed(1, ago)]),
    ],
    [
      'one did in each of three hours of a busy day',
      { hour: 0, day: 2.5 },
      [1, 2 * HOUR, 5 * HOUR].flatMap((ago) => [opened(ago === 1 ? 10 : 55, ago), failed(1, ago)]),
    ],
    ['three steps of earlier cases failed and none was opened', { hour: 100, day: 100 }, [failed(3)]],
    ['one execution failed and no case could be opened', { hour: 0, day: 0 }, [failed(1)]],
    ['all of it is an hour ago', { hour: 0, day: 15 }, [opened(40, HOUR + 1), failed(6, HOUR + 1)]],
    ['all of it is a day ago', { hour: 0, day: 0 }, [opened(40, 24 * HOUR + 1), failed(6, 24 * HOUR + 1)]],
  ])('when %s: %j %%', (_situation, expected, measured) => {
    expect({ hour: newestValue('error-rate', measured), day: newestValue('error-rate-day', measured) }).toEqual(
      expected,
    );
  });
});

describe('escalation-rate', () => {
  test.each<[string, number, Measured]>([
    ['nothing was decided', 0, []],
    ['every decision is the agent’s', 0, [decided(20), escalated(0)]],
    ['the one decision of a quiet hour went to a person', 0, [decided(1), escalated(1)]],
    ['all nineteen did, too few to tell', 0, [decided(19), escalated(19)]],
    ['all twenty did', 100, [decided(20), escalated(20)]],
    ['eight of twenty did, which is no more than may be', 40, [decided(20), escalated(8)]],
    ['half of many did', 50, [decided(200), escalated(100)]],
    [
      'half did in hours that are quiet each and not together',
      50,
      [1, 2 * HOUR, 3 * HOUR, 5 * HOUR].flatMap((ago) => [decided(5, ago), escalated(ago < 3 * HOUR ? 5 : 0, ago)]),
    ],
    [
      'many did seven hours ago and none since',
      0,
      [decided(40, 7 * HOUR), escalated(40, 7 * HOUR), decided(20), escalated(0)],
    ],
  ])('when %s: %i %%', (_situation, expected, measured) => {
    expect(newestValue('escalation-rate', measured)).toBe(expected);
  });

  test('tells from as many decisions on as the setting says', () => {
    const five = synthesized(undefined, { settings: { 'remit:leastDecisions': '5' } });
    expect(newestValue('escalation-rate', [decided(4), escalated(4)], five)).toBe(0);
    expect(newestValue('escalation-rate', [decided(5), escalated(4)], five)).toBe(80);
    expect(newestValue('error-rate', [opened(5), failed(1)], five)).toBe(20);
  });
});

describe('refused-signatures', () => {
  test.each<[string, number, Measured]>([
    ['nothing came', 0, []],
    ['somebody tried four times', 0, [['SignaturesRefused', 9, 4]]],
    ['a sender has an old secret', 100, [['SignaturesRefused', 9, 5]]],
    [
      'one in fifty is refused',
      2,
      [
        ['SignaturesRefused', 9, 6],
        ['TriggersAccepted', 9, 294],
      ],
    ],
  ])('when %s: %s %%', (_situation, expected, measured) => {
    expect(newestValue('refused-signatures', measured)).toBe(expected);
  });
});

describe('overdue-requests', () => {
  test.each<[string, number, Measured]>([
    ['all were answered', 0, []],
    ['one was not answered', 1, [['RequestsExpired', 9, 1]]],
    ['nobody was found for one', 1, [['RequestsUnresolved', 9, 1]]],
    ['two were not answered two hours ago', 0, [['RequestsExpired', 130, 2]]],
  ])('when %s: %i', (_situation, expected, measured) => {
    expect(newestValue('overdue-requests', measured)).toBe(expected);
  });
});

/** The newest value of an alarm's expression, as the local runtime works it out; null without one. */
function newestValue(name: string, measured: Measured, from = template): number | null {
  const queries = queriesOf(name, from);
  const inputs = readQueries(queries);
  const times = Array.from({ length: 4 }, (_, index) => START_MS + index * inputs.periodMs);
  const nowMs = START_MS + times.length * inputs.periodMs;
  const metrics = [...inputs.queries.values()].flatMap((query) => (query.kind === 'metric' ? [query.metric] : []));
  const points = pointsOf(
    metrics,
    measured.map(([metric, minutesAgo, value]) => ({ metric, atMs: nowMs - minutesAgo * MINUTE_MS, value })),
  );
  const shown = queries.find(({ ReturnData: isShown }) => isShown === true)?.Id ?? '';
  const value = runQuery(points, inputs, shown, times);
  return value.kind === 'series' ? (value.series.get(times.at(-1) ?? 0) ?? null) : null;
}

function queriesOf(name: string, from: Synthesized): MetricQueryInput[] {
  const alarm = Object.values(from.of('AWS::CloudWatch::Alarm')).find(({ Properties }) =>
    String(Properties['AlarmName']).endsWith(`-${name}`),
  );
  // A queue that has no name yet is as good as another.
  const text = JSON.stringify(alarm?.Properties['Metrics']).replace(/\{"Fn::ImportValue":"[^"]*"\}/g, '"queue"');
  return MetricQueryInput.array().parse(JSON.parse(text));
}

function pointsOf(
  metrics: readonly MetricName[],
  values: readonly { readonly metric: string; readonly atMs: number; readonly value: number }[],
): MetricPoints {
  const points = new MetricPoints(new Store(':memory:'));
  for (const { metric, atMs, value } of values) {
    const name = metrics.find(({ metricName }) => metricName === metric);
    if (name !== undefined) points.add({ ...name, atMs, value });
  }
  return points;
}
