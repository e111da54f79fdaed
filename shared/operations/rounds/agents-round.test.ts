import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../../agents/lead-qualification/workflow.ts';
import { keyOf } from './agents-round.ts';

describe('the key that cases of one customer share', () => {
  it.each<[string, (input: object) => unknown, string]>([
    ['is what the rule says', () => 'card-1', 'card-1'],
    [
      'is the input itself where the rule gives nothing, as for a trigger that does not fit',
      () => undefined,
      '{"line":"x"}',
    ],
    [
      'is the input itself where the rule fails',
      () => {
        throw new Error('no card');
      },
      '{"line":"x"}',
    ],
  ])('%s', (_what, caseKey, expected) => {
    const workflow = { ...leadQualification, caseKey: caseKey as (input: object) => string };
    expect(keyOf(workflow, { line: 'x' })).toBe(expected);
  });
});
