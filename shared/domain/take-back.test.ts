import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { CASE_ID, LEAD } from '../../test/support/lead-case.ts';
import { anAction } from '../../test/support/stored-examples.ts';
import type { ActionDefinition, Workflow } from '../authoring/index.ts';
import { type Action, ActionId, ActionState, type CaseEvent } from '../contracts/index.ts';
import type { PlanContext } from './plan-actions.ts';
import { askedBackBy, compensationFor, isToTakeBack, needsOwnYes, planTakeBack } from './take-back.ts';

const ARGUMENTS = { email: 'hanna@shop.example', list: 'nurture-sequence' };
const done = (n = 1, changes: Partial<Action> = {}): Action =>
  anAction(CASE_ID, `add-to-nurture#${n}`, {
    ...{ action: 'add-to-nurture', title: 'Add to the nurture sequence', arguments: ARGUMENTS, state: 'done' },
    ...{ result: { list: 'nurture-sequence' } },
    ...changes,
  });

function context(known: readonly Action[], workflow: Workflow = leadQualification): PlanContext {
  return {
    ...{ caseId: CASE_ID, workflow, version: 'w'.repeat(64), phase: 'full', round: 3 },
    ...{ input: LEAD, readings: [], known },
  };
}

function changed(name: string, changes: Partial<ActionDefinition>): Workflow {
  const definition = leadQualification.actions[name];
  if (definition === undefined) throw new Error(`there is no action ${name}`);
  return { ...leadQualification, actions: { ...leadQualification.actions, [name]: { ...definition, ...changes } } };
}

describe('what takes an action back', () => {
  it('is made of what it was given and what came of it, by the schema of what takes it back', () => {
    expect(compensationFor(leadQualification, done())).toEqual({
      ...{ ok: true, action: 'take-off-list', arguments: ARGUMENTS },
    });
  });

  it.each<[string, Workflow, Action, string]>([
    ['none is declared', leadQualification, done(1, { action: 'create-crm-record' }), 'Nothing is declared'],
    ['the action is gone', leadQualification, done(1, { action: 'constructor' }), 'Nothing is declared'],
    ['its arguments do not fit', leadQualification, done(1, { arguments: { list: 'none' } }), 'cannot be made'],
    [
      'what takes it back is gone',
      changed('add-to-nurture', { compensation: { action: 'gone', arguments: () => ({}) } }),
      done(),
      'gone is not among',
    ],
    [
      'the rule throws',
      changed('add-to-nurture', {
        compensation: {
          action: 'take-off-list',
          arguments: () => {
            throw new Error('no list');
          },
        },
      }),
      done(),
      'no list',
    ],
  ])('is not there where %s, and why is said', (_why, workflow, original, words) => {
    expect(compensationFor(workflow, original)).toEqual({ ok: false, problem: expect.stringContaining(words) });
  });

  it.each<[string, Partial<ActionDefinition>, boolean]>([
    ['a small one', { tier: 'autonomous' }, false],
    ['one that people are told of', { tier: 'notify' }, false],
    ['one of the tier approve', { tier: 'approve' }, true],
  ])('is performed for the wish alone, or needs a yes of its own: %s', (_what, changes, isNeeded) => {
    expect(needsOwnYes(changed('take-off-list', changes), 'take-off-list')).toBe(isNeeded);
  });

  it('needs a yes of its own where it cannot be taken back itself', () => {
    const { connector } = leadQualification.actions['take-off-list'] ?? {};
    if (connector === undefined) throw new Error('there is no such action');
    const workflow = changed('take-off-list', { connector: { ...connector, effect: 'irreversible' } });
    expect(needsOwnYes(workflow, 'take-off-list')).toBe(true);
  });
});

describe('a plan that takes back', () => {
  it('has what takes it back, bound and numbered like every action, and naming what it takes back', () => {
    const plan = planTakeBack(context([done()]), ['add-to-nurture#1']);
    expect(plan).toMatchObject({
      problems: [],
      actions: [
        {
          ...{ id: 'take-off-list#201', action: 'take-off-list', mode: 'perform', state: 'proposed' },
          ...{ arguments: ARGUMENTS, compensates: 'add-to-nurture#1', idempotencyKey: `${CASE_ID}.take-off-list#201` },
          digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
    });
  });

  it('asks where what takes it back needs a yes, by its tier or by what it adds up to', () => {
    const money = { minor: 500, currency: 'EUR' };
    for (const changes of [{ tier: 'approve' as const }, { amount: () => money, approveFrom: money }]) {
      const plan = planTakeBack(context([done()], changed('take-off-list', changes)), ['add-to-nurture#1']);
      expect(plan.actions).toMatchObject([{ mode: 'ask', tier: 'approve' }]);
    }
  });

  it('says why something cannot be taken back, and takes back the rest', () => {
    const record = done(2, { id: ActionId.parse('create-crm-record#2'), action: 'create-crm-record' });
    const plan = planTakeBack(context([done(), record]), ['add-to-nurture#1', 'create-crm-record#2']);
    expect(plan.actions.map(({ compensates }) => compensates)).toEqual(['add-to-nurture#1']);
    expect(plan.problems).toEqual([expect.stringContaining('Nothing is declared')]);
  });

  it('takes back each action that is done once, and nothing else, whatever happened before', () => {
    const anyKnown = fc.array(
      fc.record({
        state: fc.constantFrom(...ActionState.options),
        back: fc.option(fc.constantFrom(...ActionState.options)),
        isWanted: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(anyKnown, (given) => {
        const originals = given.map(({ state }, index) => done(index + 1, { state }));
        const earlier = given.flatMap(({ back }, index) =>
          back === null
            ? []
            : [done(100 + index, { state: back, compensates: ActionId.parse(`add-to-nurture#${index + 1}`) })],
        );
        const known = [...originals, ...earlier];
        const wanted = originals.filter((_, index) => given[index]?.isWanted).map(({ id }) => id);
        const { actions } = planTakeBack(context(known), wanted);
        const expected = given.flatMap(({ state, back, isWanted }, index) =>
          isWanted && state === 'done' && (back === null || back === 'refused') ? [`add-to-nurture#${index + 1}`] : [],
        );
        expect(actions.map(({ compensates }) => compensates)).toEqual(expected);
        expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
        expect(
          originals.filter((one) => wanted.includes(one.id) && isToTakeBack(one, known)).map(({ id }) => id),
        ).toEqual(expected);
      }),
    );
  });
});

describe('who wants something back', () => {
  const asked = (by: string, actionIds: string[]): CaseEvent => ({
    ...{ type: 'take-back-asked', ref: 'r', actionIds, by, proof: 'sign-in', channel: 'api' },
    ...{ reason: '', overturned: null },
  });

  it('stands in the ledger, the last one first', () => {
    const events = [asked('first@remit.example', ['a#1']), asked('second@remit.example', ['a#1', 'a#2'])];
    expect(askedBackBy(events, 'a#1')).toBe('second@remit.example');
    expect(askedBackBy(events, 'a#2')).toBe('second@remit.example');
    expect(askedBackBy(events, 'a#3')).toBeNull();
  });
});
