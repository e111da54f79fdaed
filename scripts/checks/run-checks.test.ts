import { expect, test } from 'vitest';
import { hasFailed, rowOf, runChecks, totalOf } from './run-checks.ts';

const passing = { name: 'types', tookMs: 3_140, passed: 1, failed: 0, skipped: 0, output: '' };

test('sums passed and failed over all checks', () => {
  const failing = { ...passing, passed: 40, failed: 2 };
  expect(totalOf([passing, failing])).toBe('41 passed, 2 failed');
  expect([hasFailed([passing]), hasFailed([passing, failing])]).toEqual([false, true]);
});

test.each([
  [{}, '  types                          3.1 s   passed'],
  [{ passed: 12 }, '  types                          3.1 s   passed 12'],
  [{ passed: 12, skipped: 1 }, '  types                          3.1 s   passed 12, 1 skipped'],
  [{ passed: 0, failed: 1 }, '  types                          3.1 s   FAILED 1'],
  [{ passed: 12, failed: 2 }, '  types                          3.1 s   FAILED 2, 12 passed'],
])('shows %o in a row', (change, row) => {
  expect(rowOf({ ...passing, ...change })).toBe(row);
});

test('takes an error of a check for its failure', async () => {
  const broken = { name: 'broken', run: () => Promise.reject(new Error('no program')) };
  expect(await runChecks([broken])).toMatchObject([{ name: 'broken', failed: 1, output: 'no program' }]);
});
