import { describe, expect, it } from 'vitest';
import { Store } from '../../kernel/store.ts';
import { MetricPoints } from '../points.ts';
import { MetricQueryInput, readQueries, runQuery } from '../query.ts';

const times = [0, 60_000, 120_000, 180_000];

describe('metric math', () => {
  it.each<[string, string, Record<number, number> | number]>([
    ['takes what one of two lacks as 0', 'n - d', { 0: -1, 1: 3, 2: -6 }],
    ['leaves out a division by what is missing', 'n / d', { 0: 0.5, 2: 0.25 }],
    ['leaves out a division by zero', 'n / zero', {}],
    ['binds as in school', '1 + 2 * 3 ^ 2 - 4 / 2', 17],
    ['knows brackets and signs', '-(1 + 2) * -2', 6],
    ['mixes numbers and series', '100 * n', { 0: 100, 1: 300, 2: 200 }],
    ['compares', 'n > 1', { 0: 0, 1: 1, 2: 1 }],
    ['joins comparisons', 'n > 1 && n < 3 || n == 1', { 0: 1, 1: 0, 2: 1 }],
    ['joins comparisons by words', 'n >= 2 AND n != 3', { 0: 0, 1: 0, 2: 1 }],
    ['fills with a number', 'FILL(d, 0)', { 0: 2, 1: 0, 2: 8, 3: 0 }],
    ['fills by repeating', 'FILL(d, REPEAT)', { 0: 2, 1: 2, 2: 8, 3: 8 }],
    ['fills a metric that has nothing', 'FILL(none, 0)', { 0: 0, 1: 0, 2: 0, 3: 0 }],
    ['chooses by condition', 'IF(FILL(d, 0) > 0, 100 * n / d, 0)', { 0: 50, 1: 0, 2: 25, 3: 0 }],
    ['averages several with what one lacks as 0', 'AVG([n, d])', { 0: 1.5, 1: 1.5, 2: 5 }],
    ['adds several up at each time', 'SUM([n, d])', { 0: 3, 1: 3, 2: 10 }],
    ['adds all metrics up', 'SUM(METRICS())', { 0: 3, 1: 3, 2: 10, 3: 0 }],
    ['picks metrics by their ids', 'MAX(METRICS("n"))', { 0: 1, 1: 3, 2: 2 }],
    ['averages over all of one', 'AVG(n)', 2],
    ['finds the least and the most', 'MAX(n) - MIN(n)', 2],
    ['counts metrics', 'METRIC_COUNT(METRICS())', 4],
    ['takes differences', 'DIFF(n)', { 1: 2, 2: -1 }],
    ['takes rates per second', 'RATE(n)', { 1: 2 / 60, 2: -1 / 60 }],
    ['sums up', 'RUNNING_SUM(n)', { 0: 1, 1: 4, 2: 6 }],
    ['rounds', 'CEIL(n / 2) + FLOOR(n / 2)', { 0: 1, 1: 3, 2: 2 }],
    ['knows its period', 'n / PERIOD(n)', { 0: 1 / 60, 1: 3 / 60, 2: 2 / 60 }],
    ['makes a series of a number', 'TIME_SERIES(5)', { 0: 5, 1: 5, 2: 5, 3: 5 }],
    ['refers to other expressions', 'twice + 1', { 0: 3, 1: 7, 2: 5 }],
  ])('%s', (_name, expression, expected) => {
    const value = run(expression);
    const actual =
      value.kind === 'series' ? Object.fromEntries([...value.series].map(([at, v]) => [at / 60_000, v])) : value;
    expect(actual).toEqual(typeof expected === 'number' ? { kind: 'scalar', value: expected } : expected);
  });

  /** The tables of CloudWatch's user guide, page "Using metric math"; null is a time without a value. */
  it.each<[string, readonly (number | null)[]]>([
    ['metric1 < metric2', [0, 0, 1, 0, null]],
    ['metric1 >= 30', [1, 0, 0, 0, null]],
    ['metric1 > 15 AND metric2 > 15', [1, 0, 0, 0, null]],
    ['IF(c1, c2, c3)', [30, 0, 20, null, null]],
    ['IF(c1, 5, c3)', [5, 5, 20, null, null]],
    ['IF(c1, c2, 5)', [30, 0, 5, 5, null]],
    ['IF(c1, c2)', [30, 0, null, null, null]],
  ])('comes to what is published for %s', (expression, expected) => {
    const published = {
      metric1: [30, 20, 0, 0],
      metric2: [20, null, 20, null],
      c1: [1, 1, 0, 0, null],
      c2: [30, null, 0, 0, 30],
      c3: [0, 0, 20, null, 20],
    };
    const value = run(expression, published);
    const series = value.kind === 'series' ? value.series : new Map<number, number>();
    expect([0, 1, 2, 3, 4].map((minute) => series.get(minute * 60_000) ?? null)).toEqual(expected);
  });

  it.each([
    ['a missing bracket', '(n + d', 'ValidationError'],
    ['an unknown metric', 'n + x', 'ValidationError'],
    ['a sign that is not one', 'n ; d', 'ValidationError'],
    ['two values in a row', 'n d', 'ValidationError'],
    ['itself', 'e + 1', 'ValidationError'],
    ['a function that is not built', 'ANOMALY_DETECTION_BAND(n)', 'UnsupportedOperationException'],
    ['arguments that do not fit', 'FILL(n)', 'ValidationError'],
  ])('refuses %s', (_name, expression, code) => {
    expect(() => run(expression)).toThrow(expect.objectContaining({ name: code }));
  });
});

type Data = Readonly<Record<string, readonly (number | null)[]>>;

const DATA: Data = { n: [1, 3, 2], d: [2, null, 8], zero: [0, 0, 0, 0], none: [] };

function run(expression: string, data: Data = DATA) {
  const points = new MetricPoints(new Store(':memory:'));
  for (const [metricName, values] of Object.entries(data)) {
    for (const [index, value] of values.entries()) {
      if (value !== null)
        points.add({ namespace: 'Test', metricName, dimensions: {}, value, atMs: index * 60_000 + 5 });
    }
  }
  const metrics = Object.keys(data).map((Id) => ({
    Id,
    MetricStat: { Metric: { Namespace: 'Test', MetricName: Id }, Period: 60, Stat: 'Sum' },
  }));
  const expressions = [
    { Id: 'twice', Expression: `${Object.keys(data)[0]} * 2` },
    { Id: 'e', Expression: expression },
  ];
  const queries = readQueries([...metrics, ...expressions].map((query) => MetricQueryInput.parse(query)));
  return runQuery(points, queries, 'e', data === DATA ? times : [...times, 240_000]);
}
