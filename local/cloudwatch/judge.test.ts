import { describe, expect, it } from 'vitest';
import { AlarmInput, type TreatMissingData } from './alarm.ts';
import { judge } from './judge.ts';

const TREATMENTS: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const keep = null;

/** CloudWatch's published tables: X breaches, 0 does not, - is missing; oldest first. */
describe('missing data', () => {
  it.each([
    ['0-X-X', ['OK', 'OK', 'OK', 'OK']],
    ['0----', ['OK', 'OK', 'OK', 'OK']],
    ['-----', ['INSUFFICIENT_DATA', keep, 'ALARM', 'OK']],
    ['0XX-X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['--X--', ['ALARM', keep, 'ALARM', 'OK']],
  ])('of %s is treated as in the table for 3 out of 3', (points, expected) => {
    expect(TREATMENTS.map((treatment) => stateOf(points, 3, treatment))).toEqual(expected);
  });

  it.each([
    ['0-X-X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['00X0X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0-X--', ['OK', 'OK', 'ALARM', 'OK']],
    ['----0', ['OK', 'OK', 'ALARM', 'OK']],
    ['---X-', ['ALARM', keep, 'ALARM', 'OK']],
  ])('of %s is treated as in the table for 2 out of 3', (points, expected) => {
    expect(TREATMENTS.map((treatment) => stateOf(points, 2, treatment))).toEqual(expected);
  });

  it('does not raise an alarm too early', () => {
    expect(stateOf('----X', 2, 'missing')).toBe(keep);
  });
});

function stateOf(points: string, datapointsToAlarm: number, TreatMissingData: TreatMissingData) {
  const definition = AlarmInput.parse({
    AlarmName: 'a',
    EvaluationPeriods: 3,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData,
  });
  const values = { X: 9, '0': 1, '-': null };
  const datapoints = [...points].map((sign, index) => ({ atMs: index, value: values[sign as keyof typeof values] }));
  return judge(definition, datapointsToAlarm, datapoints).state;
}
