import { describe, expect, it } from 'vitest';
import { aPayment, DIRECTOR, expenseSettings, expenses, MANAGER } from '../../test/support/expenses.ts';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { aCase, aShape } from '../../test/support/stored-examples.ts';
import { type Action, type Shape, ShapeId } from '../contracts/index.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import { mayPerform, type PerformSubject } from './may-perform.ts';
import { authorProblem, type ReleaseSubject, releasedActions, releaseProblem } from './release.ts';
import { shapeFrom } from './shapes.ts';

const NOW = 1_000;
const ID = ShapeId.parse(`expenses.${CASE_ID}`);

function shapeOf(action: Action, changes: Partial<Shape> = {}): Shape {
  const made = shapeFrom({ action, segment: null }, { limits: {}, freeFields: [], maxAmount: null });
  if (!made.ok) throw new Error(made.problem);
  return { ...aShape(CASE_ID), ...made.outline, id: ID, workflow: 'expenses', author: MANAGER, ...changes };
}

function subject(action: Action, changes: Partial<ReleaseSubject> = {}): ReleaseSubject {
  const definition = expenses.actions[action.action];
  if (definition === undefined) throw new Error(action.action);
  const { team } = expenses;
  return { definition, team, action, segment: null, input: {}, requestedBy: 'ann@remit.example', ...changes };
}

describe('a remembered yes lets an action go', () => {
  it('that is alike, while it lasts', () => {
    expect(releaseProblem(shapeOf(aPayment()), subject(aPayment()), NOW)).toBeNull();
  });

  it.each<[string, Partial<Shape>, Action, Partial<ReleaseSubject>, RegExp]>([
    ['expired', { expiresAtMs: NOW }, aPayment(), {}, /its time is over/],
    ['used up', { uses: 2 }, aPayment(), {}, /used up/],
    ['revoked', { revoked: { by: 'a', atMs: 1, reason: 'x' } }, aPayment(), {}, /taken back by a/],
    ['for other values', {}, aPayment({ payee: 'bob@remit.example' }), {}, /not what the remembered yes was for/],
    [
      'of an author who wants it themselves',
      {},
      aPayment(),
      { requestedBy: 'Manager@remit.example' },
      /somebody else has to say yes/,
    ],
    [
      'of an author who is asked no more',
      {},
      aPayment(),
      { team: { ...expenses.team, approvers: [DIRECTOR] } },
      /not among those/,
    ],
  ])('but not one %s', (_what, changes, action, others, problem) => {
    expect(releaseProblem(shapeOf(aPayment(), changes), subject(action, others), NOW)).toMatch(problem);
  });

  it.each<[string, string, RegExp]>([
    ['cannot be taken back by now', 'wire-money', /cannot be taken back/],
    ['needs two people by now', 'pay-twice-checked', /more than one person/],
    ['needs more proof by now', 'pay-with-proof', /more proof/],
  ])('but not where it %s', (_what, name, problem) => {
    const action = aPayment({}, name);
    expect(releaseProblem(shapeOf(action), subject(action), NOW)).toMatch(problem);
  });

  it('but not above the amount from which others are asked', () => {
    const dear = aPayment({ minor: 50_000 });
    expect(authorProblem(MANAGER, subject(dear))).toMatch(/not among those who are asked/);
    expect(authorProblem(DIRECTOR, subject(dear))).toBeNull();
  });
});

describe('planning', () => {
  const round = { workflow: expenses, mayBeReleased: () => true, case: subject(aPayment()), nowMs: NOW };

  it('marks what is released with the shape, and leaves the rest as it is', () => {
    const other = aPayment({ payee: 'bob@remit.example' });
    const found = releasedActions([aPayment(), other], [shapeOf(aPayment())], round);
    expect(found).toEqual([{ ...aPayment(), mode: 'perform', releasedBy: ID }, other]);
  });

  it('releases no more than the uses that are left', () => {
    const found = releasedActions([aPayment(), aPayment(), aPayment()], [shapeOf(aPayment(), { uses: 0 })], round);
    expect(found.map(({ releasedBy }) => releasedBy)).toEqual([ID, ID, null]);
  });

  it('releases nothing that must be asked for another reason, nothing of another workflow and nothing undeclared', () => {
    const shape = shapeOf(aPayment());
    const asked = [
      releasedActions([aPayment()], [shape], { ...round, mayBeReleased: () => false }),
      releasedActions([aPayment()], [{ ...shape, workflow: 'other' }], round),
      releasedActions([aPayment()], [shape], { ...round, workflow: { ...expenses, actions: {} } }),
    ].flat();
    expect(asked).toEqual([aPayment(), aPayment(), aPayment()]);
  });
});

describe('right before the action', () => {
  const action: Action = { ...aPayment(), mode: 'perform', releasedBy: ID };
  const case_ = {
    ...aCase({ id: CASE_ID, workflow: 'expenses', input: {}, requestedBy: 'ann@remit.example' }),
    ledger: EMPTY_LEDGER,
  };
  const permission = (shape: Shape | null, changes: Partial<PerformSubject> = {}) =>
    mayPerform({
      ...{ definition: subject(action).definition, case: case_, action, request: null, caseKey: '' },
      settings: expenseSettings('partial'),
      release: shape === null ? null : { shape, team: expenses.team, nowMs: NOW },
      ...changes,
    });
  const live = shapeOf(aPayment());

  it('the yes is looked at again', () => {
    expect(permission(live)).toEqual({ kind: 'perform', isRepeat: false });
  });

  it.each<[string, Shape | null, Partial<PerformSubject>]>([
    ['is gone', null, {}],
    ['was not even looked for', live, { release: undefined as never }],
    ['is another one', { ...live, id: ShapeId.parse(`expenses.${'0'.repeat(32)}`) }, {}],
    ['is of another workflow', { ...live, workflow: 'other' }, {}],
    ['has expired since', { ...live, expiresAtMs: NOW }, {}],
    ['was used up since', { ...live, uses: 2 }, {}],
    ['was taken back since', { ...live, revoked: { by: 'a', atMs: 1, reason: 'x' } }, {}],
    ['is for another segment', live, { case: { ...case_, segment: 'small' } }],
    ['meets shadow', live, { settings: expenseSettings('shadow') }],
    ['meets the switch', live, { settings: expenseSettings('partial', { paused: true }) }],
    ['meets other arguments', live, { action: { ...action, arguments: aPayment({ minor: 1 }).arguments } }],
    ['meets a person who is asked', live, { action: { ...action, state: 'asked' } }],
  ])('and a person is asked where it %s', (_what, shape, changes) => {
    expect(permission(shape, changes).kind).toBe('ask');
  });

  it('is not looked at again once the intent stands, for its use is counted', () => {
    expect(permission(null, { action: { ...action, state: 'intended' } })).toEqual({ kind: 'perform', isRepeat: true });
  });
});
