import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import { Store } from '../kernel/store.ts';
import { createCloudwatch } from './index.ts';

const MINUTE_MS = 60_000;

/**
 * A busy gauge that no alarm watches keeps one runtime looking at every minute; the other sleeps where it may. Both
 * must come to the same states at the same minutes.
 */
it('misses no change of state by sleeping', async () => {
  const traffic = fc.array(fc.record({ waitMinutes: fc.integer({ min: 0, max: 25 }), value: fc.constantFrom(1, 9) }), {
    maxLength: 6,
  });
  const alarm = fc.record({
    Period: fc.constantFrom(60, 300, 600),
    EvaluationPeriods: fc.integer({ min: 1, max: 3 }),
    TreatMissingData: fc.constantFrom('missing', 'notBreaching', 'breaching', 'ignore'),
  });
  await fc.assert(
    fc.asyncProperty(traffic, alarm, async (values, settings) => {
      const [sleeping, awake] = [await historyOf(values, settings, 0), await historyOf(values, settings, 1)];
      expect(sleeping).toEqual(awake);
    }),
    { numRuns: 20 },
  );
});

async function historyOf(
  values: readonly { readonly waitMinutes: number; readonly value: number }[],
  settings: { readonly Period: number; readonly EvaluationPeriods: number; readonly TreatMissingData: string },
  otherGauge: number,
): Promise<string[]> {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const gauges = () => [{ namespace: 'O', metricName: 'o', dimensions: {}, value: otherGauge, atMs: clock.now() }];
  const cloudwatch = createCloudwatch({ store, clock, activity, place, gauges, dispatch: async () => ({}) });
  await clock.advance(MINUTE_MS - (clock.now() % MINUTE_MS) + 1000);
  const startMs = clock.now();
  const metric = { Namespace: 'N', MetricName: 'm', Statistic: 'Sum' };
  const bound = { Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' };
  cloudwatch.ensureAlarm({ AlarmName: 'a', ...metric, ...bound, ...settings });
  cloudwatch.start();
  for (const { waitMinutes, value } of values) {
    await clock.advance(waitMinutes * MINUTE_MS);
    cloudwatch.recordMetric({ namespace: 'N', metricName: 'm', dimensions: {}, value, atMs: clock.now() });
    await activity.whenIdle();
  }
  await clock.advance(90 * MINUTE_MS);
  const answer = await cloudwatch.operations['DescribeAlarmHistory']?.run({}, { kind: 'operator', traceId: null });
  cloudwatch.stop();
  clock.stop();
  store.close();
  const items = (answer?.['AlarmHistoryItems'] ?? []) as readonly { Timestamp: number; HistorySummary: string }[];
  return items.map(
    ({ Timestamp, HistorySummary }) =>
      `${Math.floor(Timestamp / 60) - Math.floor(startMs / MINUTE_MS)} ${HistorySummary}`,
  );
}
