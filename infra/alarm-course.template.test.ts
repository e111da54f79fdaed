import { afterEach, expect, test } from 'vitest';
import { createCloudwatch } from '../local/cloudwatch/index.ts';
import { Activity } from '../local/kernel/activity.ts';
import { MovableClock } from '../local/kernel/clock.ts';
import type { AwsCall, JsonObject } from '../local/kernel/service.ts';
import { Store } from '../local/kernel/store.ts';
import { synthesized } from './testing/synthesized.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const WORKFLOW = 'lead-qualification';

const template = synthesized();
const opened: { readonly stop: () => void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.stop();
});

test('what fails now and then in a quiet night is heard of once, by the alarm of the day', async () => {
  const night = watch('error-rate', 'error-rate-day');
  for (const expected of [[], [], ['error-rate-day']]) {
    night.record('CasesOpened', 1);
    night.record('Errors', 1);
    await night.advance(2 * HOUR_MS);
    expect(night.mailed()).toEqual(expected);
  }
  await night.advance(25 * HOUR_MS);
  expect(night.states()).toEqual({ 'error-rate': 'OK', 'error-rate-day': 'OK' });
  expect(night.mailed()).toEqual(['error-rate-day']);
});

test('what breaks in a busy hour is heard of within minutes, though most of the hour went well', async () => {
  const busy = watch('error-rate');
  for (let minute = 0; minute < 50; minute += 1) {
    busy.record('CasesOpened', 2);
    await busy.advance(MINUTE_MS);
  }
  expect(busy.mailed()).toEqual([]);
  for (let minute = 0; minute < 4; minute += 1) {
    busy.record('CasesOpened', 2);
    busy.record('Errors', 2);
    await busy.advance(MINUTE_MS);
  }
  expect(busy.mailed()).toEqual(['error-rate']);
});

test('escalations are told of when there are enough, and not at the first of a quiet hour', async () => {
  const quiet = watch('escalation-rate');
  const escalate = async (count: number): Promise<void> => {
    for (let one = 0; one < count; one += 1) {
      quiet.record('Decisions', 1);
      quiet.record('Escalations', 1);
      await quiet.advance(10 * MINUTE_MS);
    }
  };
  await escalate(19);
  expect([quiet.mailed(), quiet.states()]).toEqual([[], { 'escalation-rate': 'OK' }]);
  await escalate(1);
  expect(quiet.mailed()).toEqual(['escalation-rate']);
});

/** The alarms of the template in the local CloudWatch, by the end of their names. */
function watch(...names: readonly string[]) {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const calls: AwsCall[] = [];
  const dispatch = async (made: AwsCall): Promise<JsonObject> => {
    calls.push(made);
    return {};
  };
  const cloudwatch = createCloudwatch({ store, clock, activity, place, dispatch, gauges: () => [] });
  for (const name of names) cloudwatch.ensureAlarm(definitionOf(name));
  cloudwatch.start();
  opened.push({
    stop: () => {
      cloudwatch.stop();
      clock.stop();
      store.close();
    },
  });
  const shortName = (name: string): string => name.replace(`remit-${WORKFLOW}-`, '');
  const dimensions = { service: 'remit', workflow: WORKFLOW };
  return {
    record: (metricName: string, value: number) =>
      cloudwatch.recordMetric({ namespace: 'Remit', metricName, dimensions, value, atMs: clock.now() }),
    advance: async (ms: number) => {
      await clock.advance(ms);
      await activity.whenIdle();
    },
    states: () => Object.fromEntries(cloudwatch.alarms().map(({ name, state }) => [shortName(name), state])),
    mailed: () =>
      calls.map(({ input }) => shortName(/"([^"]+)"/.exec(String(input['Subject']))?.[1] ?? 'no alarm is named')),
  };
}

function definitionOf(name: string): JsonObject {
  const alarm = Object.values(template.of('AWS::CloudWatch::Alarm')).find(
    ({ Properties }) => Properties['AlarmName'] === `remit-${WORKFLOW}-${name}`,
  );
  if (alarm === undefined) throw new Error(`There is no alarm ${name}`);
  const text = JSON.stringify(alarm.Properties);
  return JSON.parse(text.replace(/\{"Ref":"[^"]*"\}/g, '"arn:aws:sns:eu-west-1:000000000000:owner"')) as JsonObject;
}
