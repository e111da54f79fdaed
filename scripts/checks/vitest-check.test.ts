import { expect, test } from 'vitest';
import { resultOf, type VitestReport } from './vitest-check.ts';

const allPassed: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

test('counts what vitest has counted', () => {
  expect(resultOf(0, allPassed, '')).toEqual({ passed: 3, failed: 0, skipped: 1, output: '' });
  const report = {
    ...allPassed,
    numFailedTests: 2,
    testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
  };
  expect(resultOf(1, report, 'x')).toEqual({ passed: 3, failed: 2, skipped: 1, output: 'x' });
});

test('counts a file that could not be loaded as a failure', () => {
  const report = { ...allPassed, testResults: [{ status: 'failed', assertionResults: [] }] };
  expect(resultOf(1, report, '')).toMatchObject({ passed: 3, failed: 1 });
});

test('counts a run that failed although every test passed as a failure', () => {
  expect(resultOf(1, allPassed, '')).toMatchObject({ passed: 3, failed: 1 });
});

test('counts a run that left no report as a failure', () => {
  expect(resultOf(0, null, 'crashed')).toEqual({ passed: 0, failed: 1, skipped: 0, output: 'crashed' });
});
