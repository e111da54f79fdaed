import { expect, it } from 'vitest';
import { qualifierAlone } from '../../test/support/qualifier-alone.ts';
import { learnedProblems } from './learned-problems.ts';

it('a learned field is one that an agent judges', () => {
  const workflow = qualifierAlone();
  const taught = (name: string) => ({ ...workflow.learned, fields: [{ name, kind: 'class' as const }] });
  expect(learnedProblems({ ...workflow, learned: taught('buyingIntent') })).toEqual([]);
  const learned = taught('buyingIntend');
  expect(learnedProblems({ ...workflow, learned })).toEqual([
    expect.stringMatching(
      /^agents\/lead-qualification\/workflow.ts: learned field "buyingIntend" is judged by no agent: write one of .*buyingIntent/,
    ),
  ]);
});
