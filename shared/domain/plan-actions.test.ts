import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { READINGS } from '../../test/support/domain-examples.ts';
import { CASE_ID, HOT, LEAD } from '../../test/support/lead-case.ts';
import { VERSION } from '../../test/support/stored-examples.ts';
import type { Action, ActionState } from '../contracts/index.ts';
import { actionDigest } from './digest.ts';
import { factsOf } from './facts-of.ts';
import { type PlanContext, planActions, withArguments, withoutClosedIntents } from './plan-actions.ts';

const LEAD_RECORD = { email: LEAD.email, name: LEAD.name, company: LEAD.company, title: LEAD.title, tag: 'hot' };
const DECISION = { companySizeInRange: true, ...HOT, score: 9, tier: 'hot' };
const FACTS = factsOf(leadQualification, LEAD, READINGS);
const context = (changes: Partial<PlanContext> = {}): PlanContext => ({
  ...{ caseId: CASE_ID, workflow: leadQualification, version: VERSION, phase: 'partial', round: 1 },
  ...{ input: LEAD, readings: READINGS, known: [] },
  ...changes,
});

function planned(changes: Partial<PlanContext> = {}): readonly Action[] {
  const plan = planActions(context(changes), DECISION, FACTS);
  if (!plan.ok) throw new Error(plan.problems.join());
  return plan.actions;
}

function first(changes: Partial<PlanContext> = {}): Action {
  const [action] = planned(changes);
  if (action === undefined) throw new Error('nothing was planned');
  return action;
}

describe('the actions of a decision', () => {
  it('are proposed in the order of the plan, each with its mode and intent', () => {
    expect(planned().map(({ id, tier, mode, intent, state }) => ({ id, tier, mode, ...intent, state }))).toEqual([
      {
        id: 'send-meeting-mail#1',
        tier: 'approve',
        mode: 'ask',
        effect: 'contact',
        target: LEAD.email,
        state: 'proposed',
      },
      {
        id: 'post-to-sales-hot#2',
        tier: 'autonomous',
        mode: 'perform',
        effect: 'announce',
        target: '#sales-hot',
        state: 'proposed',
      },
      {
        id: 'create-crm-record#3',
        tier: 'autonomous',
        mode: 'perform',
        effect: 'record',
        target: LEAD.email,
        state: 'proposed',
      },
    ]);
  });

  it('are bound by their digest to workflow, version, case, id, action, arguments and facts', () => {
    const { id: actionId, action, arguments: args, pinned, digest } = first();
    const bound = { workflow: 'lead-qualification', version: VERSION, caseId: CASE_ID, actionId, action };
    expect(digest).toBe(actionDigest({ ...bound, arguments: args, pinned }));
  });

  it('have ids and keys of their own in every round', () => {
    const keys = [1, 2, 3].flatMap((round) => planned({ round }).map(({ idempotencyKey }) => idempotencyKey));
    expect(new Set(keys).size).toBe(9);
  });

  it.each([
    ['arguments that do not fit', () => [{ action: 'add-to-nurture', arguments: { email: 'nobody' } }]],
    ['an action that was not declared', () => [{ action: 'delete-all', arguments: {} }]],
    ['a name of every object', () => [{ action: 'constructor', arguments: {} }]],
    [
      'more than a case can hold',
      () =>
        Array.from({ length: 51 }, () => ({
          action: 'add-to-nurture',
          arguments: { email: LEAD.email, list: 'newsletter' },
        })),
    ],
    [
      'a plan that throws',
      () => {
        throw new Error('boom');
      },
    ],
  ])('are none for %s', (_what, plan) => {
    const made = planActions(context({ workflow: { ...leadQualification, plan } }), DECISION, FACTS);
    expect(made).toMatchObject({ ok: false, problems: [expect.stringContaining('cannot be made')] });
  });
});

describe('an action with other arguments', () => {
  it('keeps its id and key, and is bound anew', () => {
    const action = first();
    const edited = withArguments(context(), action, { ...action.arguments, to: 'Other@Shop.example' });
    expect(edited).toMatchObject({ id: action.id, idempotencyKey: action.idempotencyKey, mode: action.mode });
    expect(edited.digest).not.toBe(action.digest);
    expect(edited.intent).toEqual({ effect: 'contact', target: 'other@shop.example' });
  });

  it('is refused where they do not fit', () => {
    const action = first();
    expect(() => withArguments(context(), action, { ...action.arguments, cc: 'x@y.example' })).toThrow('cc');
    expect(() => withArguments(context(), action, { ...action.arguments, subject: 'a\r\nBcc: x@y.example' })).toThrow(
      'one line',
    );
  });
});

describe('amounts', () => {
  const eur = (minor: number) => ({ minor, currency: 'EUR' });
  const base = leadQualification.actions['create-crm-record'];
  if (base === undefined) throw new Error('the lead workflow records');
  /** Each record moves ten euros a point of its score; from 100 euros on it is asked. */
  const record = {
    ...base,
    amount: ({ score }: Record<string, unknown>) =>
      score === 0 ? { minor: 1, currency: 'USD' } : eur(Number(score) * 1_000),
    approveFrom: eur(10_000),
  };
  const args = (score: number) => ({ ...LEAD_RECORD, score });
  const plan = (scores: readonly number[], known: readonly Action[] = []) => {
    const workflow = {
      ...leadQualification,
      actions: { ...leadQualification.actions, 'create-crm-record': record },
      plan: () => scores.map((score) => ({ action: 'create-crm-record', arguments: args(score) })),
    };
    const made = planActions(
      context({ workflow: workflow as unknown as PlanContext['workflow'], known }),
      DECISION,
      FACTS,
    );
    if (!made.ok) throw new Error(made.problems.join());
    return made.actions;
  };

  it.each<[string, readonly number[], 'perform' | 'ask']>([
    ['below the limit', [9], 'perform'],
    ['at the limit', [10], 'ask'],
    ['that are split over several actions', [4, 3, 3], 'ask'],
    ['that stay below the limit together', [4, 3, 2], 'perform'],
    ['in another currency, which cannot be compared', [1, 0], 'ask'],
  ])('%s: %s are to %s', (_what, scores, mode) => {
    expect(plan(scores).map((action) => action.mode)).toEqual(scores.map(() => mode));
  });

  it('of earlier rounds count, as far as they were not refused', () => {
    const known = plan([6]).map((action): Action => ({ ...action, state: 'done' }));
    expect(plan([5], known).map(({ mode, tier }) => [mode, tier])).toEqual([['ask', 'approve']]);
    expect(
      plan(
        [5],
        known.map((action) => ({ ...action, state: 'refused' })),
      )[0]?.mode,
    ).toBe('perform');
  });
});

describe('closed intents', () => {
  it.each<[ActionState, boolean]>([
    ['proposed', true],
    ['asked', true],
    ['approved', true],
    ['intended', false],
    ['done', false],
    ['refused', true],
    ['taken-back', true],
    ['unsure', false],
  ])('an action whose like is %s may be proposed again: %s', (state, isOpen) => {
    const known = planned().map((action) => ({ ...action, state }));
    expect(withoutClosedIntents(planned({ round: 2 }), known, []).length > 0).toBe(isOpen);
  });

  it('close whatever the wording or the action', () => {
    const refused = first().intent;
    const reworded = { ...first({ round: 2 }), action: 'call-by-phone', arguments: { text: 'other words' } };
    expect(withoutClosedIntents([reworded], [], [refused])).toEqual([]);
    const elsewhere = { ...reworded, intent: { effect: 'contact', target: 'x@y.example' } };
    expect(withoutClosedIntents([elsewhere], [], [refused])).toEqual([elsewhere]);
  });
});
