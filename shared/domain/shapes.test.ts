import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aPayment, expenses } from '../../test/support/expenses.ts';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { anAction, aShape } from '../../test/support/stored-examples.ts';
import type { ActionDefinition } from '../authoring/index.ts';
import type { Action, Json, JsonObject, Money, Proof, Shape, ShapeChoice, ShapeOutline } from '../contracts/index.ts';
import { leavesOf } from './leaf-fields.ts';
import { DAY_MS, endOf, isAlike, rememberProblem, shapeFrom } from './shapes.ts';

type Choice = Pick<ShapeChoice, 'limits' | 'freeFields' | 'maxAmount'>;

const NARROW: Choice = { limits: {}, freeFields: [], maxAmount: null };

function outlineOf(action: Action, choice: Partial<Choice> = {}, segment: string | null = null): ShapeOutline {
  const made = shapeFrom({ action, segment }, { ...NARROW, ...choice });
  if (!made.ok) throw new Error(made.problem);
  return made.outline;
}

describe('a shape of a payment', () => {
  const exact = outlineOf(aPayment());
  const upTo60 = outlineOf(aPayment(), { freeFields: ['sum.minor'], maxAmount: { minor: 6_000, currency: 'EUR' } });
  const limited = outlineOf(aPayment(), {
    limits: { 'sum.minor': 5_000 },
    maxAmount: { minor: 9_999, currency: 'EUR' },
  });

  it('keeps every field that is not named', () => {
    expect(exact).toEqual({
      ...{ action: 'pay-expense', effect: 'pay', segment: null, limits: {}, freeFields: [] },
      fixed: { payee: 'ann@remit.example', 'sum.minor': 4_200, 'sum.currency': 'EUR', purpose: 'lunch' },
      maxAmount: { minor: 4_200, currency: 'EUR' },
    });
  });

  it.each<[string, ShapeOutline, Action, boolean]>([
    ['the same again', exact, aPayment(), true],
    ['a cent more than exactly that', exact, aPayment({ minor: 4_201 }), false],
    ['a cent less than exactly that', exact, aPayment({ minor: 4_199 }), false],
    ['a new recipient', upTo60, aPayment({ payee: 'bob@remit.example' }), false],
    ['the recipient in other letters', upTo60, aPayment({ payee: 'Ann@remit.example' }), false],
    ['less money', upTo60, aPayment({ minor: 1 }), true],
    ['as much as the limit', upTo60, aPayment({ minor: 6_000 }), true],
    ['a cent above the limit', upTo60, aPayment({ minor: 6_001 }), false],
    ['money that comes back', upTo60, aPayment({ minor: -1 }), false],
    ['another currency', upTo60, aPayment({ currency: 'USD' }), false],
    ['another purpose', upTo60, aPayment({ purpose: 'dinner' }), false],
    ['another action with the same fields', upTo60, aPayment({}, 'pay-back'), false],
    ['a field at its limit', limited, aPayment({ minor: 5_000 }), true],
    ['a field above its limit though the money is not', limited, aPayment({ minor: 5_001 }), false],
    ['a limited field that is below nothing', limited, aPayment({ minor: -5 }), false],
  ])('of %s is told apart', (_what, shape, action, expected) => {
    expect(isAlike(shape, action, null)).toBe(expected);
  });

  it('holds in cases of its own segment only', () => {
    const small = outlineOf(aPayment(), {}, 'small');
    const found = [small, exact].map((shape) =>
      ['small', 'large', null].map((segment) => isAlike(shape, aPayment(), segment)),
    );
    expect(found).toEqual([
      [true, false, false],
      [false, false, true],
    ]);
  });

  it('moves no money that it does not name, and needs money where it names some', () => {
    expect(isAlike({ ...exact, maxAmount: null }, aPayment(), null)).toBe(false);
    expect(isAlike(exact, { ...aPayment(), amount: null }, null)).toBe(false);
  });

  it('is not of another effect, whatever its fields', () => {
    expect(isAlike({ ...exact, effect: 'charge' }, aPayment(), null)).toBe(false);
  });

  it.each<[string, Partial<Choice>, string]>([
    ['a field that is not there', { freeFields: ['sum'] }, 'no field "sum"'],
    ['a field twice', { limits: { 'sum.minor': 5_000 }, freeFields: ['sum.minor'] }, 'named twice'],
    ['a limit below what was approved', { limits: { 'sum.minor': 4_199 } }, 'leave out the very action'],
    ['a limit on a text', { limits: { purpose: 3 } }, 'leave out the very action'],
    ['less money than was approved', { maxAmount: { minor: 4_199, currency: 'EUR' } }, 'leave out the very action'],
    ['money of another currency', { maxAmount: { minor: 9_000, currency: 'USD' } }, 'leave out the very action'],
  ])('is not made with %s', (_what, choice, problem) => {
    const made = shapeFrom({ action: aPayment(), segment: null }, { ...NARROW, ...choice });
    expect(made).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });
});

describe('the end of a shape', () => {
  const shape = aShape(CASE_ID, { createdAtMs: 1_000, expiresAtMs: 2_000, maximumUses: 2, uses: 1 });

  it.each<[string, Partial<Shape>, number, string | null]>([
    ['at its beginning', {}, 1_000, null],
    ['one tick before its end', {}, 1_999, null],
    ['at its end', {}, 2_000, 'its time is over'],
    ['before it was made', {}, 999, 'its time is over'],
    ['at no time at all', {}, Number.NaN, 'its time is over'],
    ['used up', { uses: 2 }, 1_500, 'it is used up'],
    ['used more than it may be', { uses: 3 }, 1_500, 'it is used up'],
    [
      'revoked',
      { revoked: { by: 'o@remit.example', atMs: 1, reason: 'no' } },
      1_500,
      'it was taken back by o@remit.example',
    ],
    [
      '90 days old, whatever end it names',
      { expiresAtMs: 1_000 + 500 * DAY_MS },
      1_000 + 90 * DAY_MS,
      'its time is over',
    ],
  ])('%s', (_what, changes, nowMs, expected) => {
    expect(endOf({ ...shape, ...changes }, nowMs)).toBe(expected);
  });
});

describe('what may be remembered at all', () => {
  const definitionOf = (name: string): ActionDefinition => {
    const definition = expenses.actions[name];
    if (definition === undefined) throw new Error(name);
    return definition;
  };
  const euros = (minor: number): Money => ({ minor, currency: 'EUR' });

  it.each<[string, string, Money | null, Proof, RegExp | null]>([
    ['an approved payment', 'pay-expense', euros(1), 'sign-in', null],
    ['what cannot be taken back', 'wire-money', euros(1), 'fresh-sign-in', /cannot be taken back/],
    ['what needs two people', 'pay-twice-checked', euros(1), 'fresh-sign-in', /more than one person/],
    ['what needs more proof', 'pay-with-proof', euros(1), 'sign-in', /more proof/],
    ['what needs that proof', 'pay-with-proof', euros(1), 'fresh-sign-in', null],
    ['what needs a reason each time', 'pay-with-reason', euros(1), 'fresh-sign-in', /a reason/],
  ])('%s', (_what, name, amount, proof, expected) => {
    const problem = rememberProblem(definitionOf(name), amount, proof);
    if (expected === null) expect(problem).toBeNull();
    else expect(problem).toMatch(expected);
  });

  it('is not what needs two people from an amount on, nor an amount that cannot be compared', () => {
    const definition = definitionOf('pay-expense');
    const above = [{ from: euros(50_000), people: [], quorum: 2 }];
    const stepped = { ...definition, approval: { ...definition.approval, above } };
    const found = [euros(49_999), euros(50_000), { minor: 1, currency: 'USD' }, null].map(
      (amount) => rememberProblem(stepped, amount, 'sign-in') === null,
    );
    expect(found).toEqual([true, false, false, false]);
  });
});

/** Names that could be told apart badly: with dots, empty, and those that every object has. */
const name = fc.constantFrom('a', 'b', 'c', 'a.b', '', '__proto__', 'constructor', 'toString', 'ü');
const args: fc.Arbitrary<JsonObject> = fc
  .dictionary(name, fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(name, fc.jsonValue({ maxDepth: 1 }))))
  .map((value) => plain(value));

/** As it would be read from JSON, without the integers that no digest can be made of. */
function plain(value: unknown): JsonObject {
  const isUnsafe = (part: unknown): boolean => Number.isInteger(part) && !Number.isSafeInteger(part);
  return JSON.parse(JSON.stringify(value), (_key, part) => (isUnsafe(part) ? 0 : part));
}

function withArgs(value: JsonObject): Action {
  return { ...anAction(CASE_ID), arguments: value };
}

describe('any action', () => {
  it('is alike itself, and nothing that differs in any field is', () => {
    fc.assert(
      fc.property(args, args, (one, other) => {
        const outline = outlineOf(withArgs(one));
        expect(isAlike(outline, withArgs(one), null)).toBe(true);
        expect(isAlike(outline, withArgs(other), null)).toBe(
          JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is asked when a field outside the shape holds anything else, and goes ahead when a free one does', () => {
    const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.jsonValue({ maxDepth: 0 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(fields, fc.nat(), fc.jsonValue({ maxDepth: 1 }), fc.boolean(), (values, which, other, isFree) => {
        const original = plain(values);
        const paths = [...leavesOf(original).keys()];
        const path = paths[which % paths.length] ?? '';
        const changed = plain({ ...original, [path]: other });
        const outline = outlineOf(withArgs(original), { freeFields: isFree ? [path] : [] });
        const isSame = JSON.stringify(sorted(original)) === JSON.stringify(sorted(changed));
        const isOnePart = leavesOf(changed).has(path);
        expect(isAlike(outline, withArgs(changed), null)).toBe(isSame || (isFree && isOnePart));
      }),
      { numRuns: 500 },
    );
  });

  it('is asked with one more field, and with one less', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer(), { minKeys: 1 }),
        fc.nat(),
        (values, which) => {
          const names = Object.keys(values);
          const gone = names[which % names.length] ?? '';
          const outline = outlineOf(withArgs(values), { freeFields: [] });
          const { [gone]: _gone, ...less } = values;
          expect(isAlike(outline, withArgs({ ...values, another: 1 }), null)).toBe(false);
          expect(isAlike(outline, withArgs(less), null)).toBe(false);
        },
      ),
    );
  });

  it('is held to a limit, from nothing up to it', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.nat(1_000),
        fc.oneof(fc.integer(), fc.double(), fc.string()),
        (value, more, other) => {
          const limit = value + more;
          const outline = outlineOf(withArgs({ n: value, to: 'a' }), { limits: { n: limit } });
          const isWithin = typeof other === 'number' && other >= 0 && other <= limit;
          expect(isAlike(outline, withArgs({ n: other, to: 'a' }), null)).toBe(isWithin);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, part]) => [key, sorted(part)]);
}
