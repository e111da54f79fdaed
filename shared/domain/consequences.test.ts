import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { CASE_ID, LEAD } from '../../test/support/lead-case.ts';
import { aCase, anAction } from '../../test/support/stored-examples.ts';
import { type Action, ActionId, type ActionState, type Case } from '../contracts/index.ts';
import { consequenceOf, consequencesDigest } from './consequences.ts';
import { EMPTY_LEDGER } from './ledger.ts';

const case_: Case = { ...aCase({ id: CASE_ID, input: LEAD }), ledger: EMPTY_LEDGER };
const nurture = (state: ActionState, changes: Partial<Action> = {}): Action =>
  anAction(CASE_ID, 'add-to-nurture#1', {
    ...{ action: 'add-to-nurture', title: 'Add to the nurture sequence', state, result: { list: 'nurture-sequence' } },
    ...{ arguments: { email: 'hanna@shop.example', list: 'nurture-sequence' } },
    ...changes,
  });
const of = (actions: readonly Action[], workflow: typeof leadQualification | null = leadQualification) =>
  consequenceOf(case_, actions, { workflow, hops: 0 });

describe('the consequences in one case', () => {
  it('name what was done, to whom, and what takes it back', () => {
    expect(of([nurture('done')])).toEqual({
      ...{ caseId: CASE_ID, workflow: 'lead-qualification', title: 'Lead qualification', subject: 'Hanna Hot, Shop' },
      ...{ state: 'open', outcome: null, hops: 0, causedBy: null },
      actions: [
        {
          ...{ actionId: 'add-to-nurture#1', title: 'Add to the nurture sequence', target: 'hanna@shop.example' },
          ...{ state: 'done', problem: '' },
          takenBackBy: { action: 'take-off-list', title: 'Take off the list', needsYes: false },
        },
      ],
    });
  });

  it.each<[ActionState, number]>([
    ['done', 1],
    ['taken-back', 1],
    ['unsure', 1],
    ['intended', 1],
    ['proposed', 0],
    ['asked', 0],
    ['held', 0],
    ['approved', 0],
    ['refused', 0],
  ])('list what was or may have been done: %s, %d', (state, count) => {
    expect(of([nurture(state)]).actions).toHaveLength(count);
  });

  it.each<[string, readonly Action[], string]>([
    ['it is back already', [nurture('taken-back')], 'taken back already'],
    ['nobody knows whether it was done', [nurture('unsure')], 'Nobody knows'],
    ['none is declared', [nurture('done', { action: 'create-crm-record' })], 'Nothing is declared'],
    [
      'it is being taken back',
      [
        nurture('done'),
        nurture('proposed', { id: ActionId.parse('a#2'), compensates: ActionId.parse('add-to-nurture#1') }),
      ],
      'being taken back',
    ],
  ])('say that nothing takes it back where %s', (_why, actions, words) => {
    expect(of(actions).actions).toMatchObject([{ takenBackBy: null, problem: expect.stringContaining(words) }]);
  });

  it('say so too where the workflow is not deployed any more', () => {
    const gone = of([nurture('done')], null);
    expect(gone).toMatchObject({ title: 'lead-qualification', subject: '', actions: [{ takenBackBy: null }] });
  });
});

describe('what an overturning is bound to', () => {
  const digest = (actions: readonly Action[], decision: Case['decision'] = { tier: 'warm' }) =>
    consequencesDigest(decision, [of(actions)]);

  it('is another once the decision is, or what was done', () => {
    const all = [
      digest([nurture('done')]),
      digest([nurture('done')], { tier: 'cold' }),
      digest([nurture('taken-back')]),
      digest([]),
      digest([nurture('done'), nurture('done', { id: ActionId.parse('add-to-nurture#2') })]),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(digest([nurture('done')])).toBe(all[0]);
  });
});
