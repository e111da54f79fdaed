import { expect, test } from 'vitest';
import type { Labelled } from '../run/labelled.ts';
import { resultThat, wrongAlone } from '../testing/results.ts';
import { failureGroups, worstFailures } from './failures.ts';

const example = (id: string, queue: string): Labelled => ({
  id,
  input: { input: {}, sources: {} },
  expected: { queue },
});
const CONTEXT = {
  workflowId: 'desk',
  training: [example('1', 'billing'), example('2', 'billing'), example('3', 'access')],
  hints: { queue: { missingExamples: 40, lastGain: 0.03 } },
};
const unsure = [{ field: 'queue', confidence: 0.6, threshold: 0.8, because: [] }];
const doubt = { code: 'model-doubt', text: 'queue: below the confidence that it takes to decide alone' };
const rule = { code: 'rule:large', text: 'It is large.' };

test('what was decided wrongly stands first, with the values that are confused and examples to add', () => {
  const [first] = failureGroups(
    [wrongAlone({ id: 'w1' }), resultThat({ id: 'r1', isAlone: false, reasons: [rule] }), resultThat({ id: 'r2' })],
    CONTEXT,
  );
  expect(first).toMatchObject({ kind: 'wrong-field', about: 'queue', ids: ['w1'], cases: { agreed: 1, of: 3 } });
  expect(first?.proposal).toContain('Mostly “access” where “billing” is right (1 of 1)');
  expect(first?.proposal).toContain('like w1 (2 are known)');
});

test('what was right and asked all the same is grouped by the field, rule or source that asked', () => {
  const groups = failureGroups(
    [
      resultThat({ id: 'a', isAlone: false, reasons: [doubt], fields: unsure }),
      resultThat({ id: 'b', isAlone: false, reasons: [doubt, rule], fields: unsure }),
      wrongAlone({ id: 'c', isAlone: false, reasons: [rule] }),
    ],
    CONTEXT,
  );
  expect(groups.map(({ kind, about, cases, onlyReason, ids }) => [kind, about, cases.agreed, onlyReason, ids])).toEqual(
    [
      ['unsure', 'queue', 2, 1, ['a', 'b']],
      ['rule', 'large', 1, 0, ['b']],
    ],
  );
  expect(groups[0]?.proposal).toBe(
    'About 40 more examples are missing. The last doubling of examples brought 3.0 points.',
  );
  expect(groups[1]?.proposal).toContain('right in 1 of the 2 cases');
  expect(groups[1]?.command).toBe('npm run backtest -- desk --without-rule large');
});

test('an answer that could not be used is told in its own words', () => {
  const failed = { status: 'failed', decision: null, isRight: false, isAlone: false } as const;
  const groups = failureGroups(
    [
      resultThat({
        ...failed,
        reasons: [{ code: 'agent-failed', text: 'desk gave no answer: no answer within 30 s' }],
      }),
    ],
    CONTEXT,
  );
  expect(groups).toMatchObject([{ kind: 'invalid', about: 'failed' }]);
  expect(groups[0]?.proposal).toContain('no answer within 30 s');
});

test('a source that is missing is named', () => {
  const missing = { code: 'missing-source:directory', text: 'Company directory: company not found.' };
  const groups = failureGroups([resultThat({ isAlone: false, reasons: [missing] })], CONTEXT);
  expect(groups).toMatchObject([{ kind: 'missing-source', about: 'directory', onlyReason: 1 }]);
});

test('the worst are the surest that were wrong and alone', () => {
  const worst = worstFailures([
    wrongAlone({ id: 'unsure', confidence: 0.6 }),
    wrongAlone({ id: 'sure', confidence: 0.99 }),
    wrongAlone({ id: 'asked', confidence: 1, isAlone: false }),
    resultThat({ id: 'right', confidence: 1 }),
  ]);
  expect(worst.map(({ id }) => id)).toEqual(['sure', 'unsure']);
});
