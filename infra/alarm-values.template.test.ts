import { describe, expect, test } from 'vitest';
import type { MetricName } from '../local/cloudwatch/metric.ts';
import { MetricPoints } from '../local/cloudwatch/points.ts';
import { MetricQueryInput, readQueries, runQuery } from '../local/cloudwatch/query.ts';
import { Store } from '../local/kernel/store.ts';
import { synthesized } from './testing/synthesized.ts';

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

describe('error-rate', () => {
  test.each<[string, number, Measured]>([
    ['nothing was measured', 0, []],
    [
      'no case met an error',
      0,
      [
        ['CasesOpened', 1, 40],
        ['Errors', 1, 0],
      ],
    ],
    [
      'three of forty cases met an error',
      7.5,
      [
        ['CasesOpened', 1, 40],
        ['Errors', 1, 3],
      ],
    ],
    ['an execution failed and no case could be opened', 100, [['Errors', 1, 1]]],
  ])('when %s: %s %%', (_situation, expected, measured) => {
    expect(newestValue('error-rate', measured)).toBe(expected);
  });
});

describe('escalation-rate', () => {
  test.each<[string, number, Measured]>([
    [
      'every decision is the agent’s',
      0,
      [
        ['Decisions', 9, 10],
        ['Escalations', 9, 0],
      ],
    ],
    [
      'half of the decisions went to a person',
      50,
      [
        ['Decisions', 9, 10],
        ['Escalations', 9, 5],
      ],
    ],
  ])('when %s: %i %%', (_situation, expected, measured) => {
    expect(newestValue('escalation-rate', measured)).toBe(expected);
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
function newestValue(name: string, measured: Measured): number | null {
  const queries = queriesOf(name);
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

function queriesOf(name: string): MetricQueryInput[] {
  const alarm = Object.values(template.of('AWS::CloudWatch::Alarm')).find(({ Properties }) =>
    String(Properties['AlarmName']).endsWith(name),
  );
  // A queue that has no name yet is as good as another.
  const text = JSON.stringify(alarm?.Properties['Metrics']).replace(/\{"Fn::GetAtt":\[[^\]]*\]\}/g, '"queue"');
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
