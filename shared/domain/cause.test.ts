import { describe, expect, it } from 'vitest';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { plantedId } from '../../test/support/planted-chain.ts';
import { anAction } from '../../test/support/stored-examples.ts';
import type { Action } from '../contracts/index.ts';
import { causeOfKey, mayBeCauseOf } from './cause.ts';
import { idempotencyKeyOf } from './plan-actions.ts';

const ACTION = anAction(CASE_ID, 'send-mail#1');
const KEY = idempotencyKeyOf(CASE_ID, ACTION.id);

describe('the key of an action', () => {
  it('names its case and itself', () => {
    expect(causeOfKey(KEY)).toEqual({ caseId: CASE_ID, actionId: 'send-mail#1' });
  });

  it.each([
    [''],
    ['send-mail#1'],
    [`${CASE_ID}.`],
    [`.send-mail#1`],
    [`${CASE_ID}.send mail#1`],
    [`x${KEY}`],
    [`${KEY}x`],
    [7],
    [null],
    [{}],
  ])('is not %j', (key) => {
    expect(causeOfKey(key)).toBeNull();
  });
});

describe('a cause', () => {
  const cause = { caseId: CASE_ID, actionId: ACTION.id };
  it.each<[Action['state'], boolean, boolean]>([
    ['done', true, true],
    ['intended', true, true],
    ['unsure', true, true],
    ['taken-back', true, true],
    ['asked', true, true],
    ['asked', false, false],
    ['proposed', false, false],
    ['refused', true, false],
  ])('that is %s, begun: %s, may be one: %s', (state, begun, expected) => {
    expect(mayBeCauseOf(plantedId(1), cause, { ...ACTION, state, begun })).toBe(expected);
  });

  it('is no action that there is not, and none of the case itself', () => {
    expect(mayBeCauseOf(plantedId(1), cause, null)).toBe(false);
    expect(mayBeCauseOf(CASE_ID, cause, { ...ACTION, state: 'done' })).toBe(false);
  });
});
