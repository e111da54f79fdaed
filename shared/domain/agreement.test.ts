import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { aRecord } from '../../test/support/stored-records.ts';
import { agreementOf, compareDecisions, shareOf } from './agreement.ts';

const decided = (agrees: boolean, changes: Partial<Parameters<typeof aRecord>[0]> = {}) =>
  aRecord({ caseId: CASE_ID, compared: [{ field: 'tier', agrees }], ...changes });

describe('comparing two decisions', () => {
  it.each([
    ['the same value agrees', { tier: 'hot' }, { tier: 'hot' }, {}, ['tier:yes']],
    ['another value differs', { tier: 'hot' }, { tier: 'cold' }, {}, ['tier:no']],
    ['a number within its tolerance agrees', { score: 7 }, { score: 8 }, { score: 1 }, ['score:yes']],
    ['a number beyond it differs', { score: 7 }, { score: 9 }, { score: 1 }, ['score:no']],
    ['a number without one has to be the same', { score: 7 }, { score: 7.1 }, {}, ['score:no']],
    ['members may stand in any order', { a: { x: 1, y: [2] } }, { a: { y: [2], x: 1 } }, {}, ['a:yes']],
    ['what one side lacks differs', { a: 1 }, { b: 1 }, {}, ['a:no', 'b:no']],
    ['a tolerance is for numbers', { a: '1' }, { a: '2' }, { a: 5 }, ['a:no']],
  ])('%s', (_why, agent, person, tolerances, expected) => {
    const compared = compareDecisions(agent as never, person as never, tolerances);
    expect(compared.map(({ field, agrees }) => `${field}:${agrees ? 'yes' : 'no'}`)).toEqual(expected);
  });
});

describe('agreement', () => {
  it('counts decisions that the agent stood by, with the interval, and lists every disagreement', () => {
    const records = [
      ...Array.from({ length: 184 }, () => decided(true)),
      ...Array.from({ length: 16 }, () => decided(false)),
    ];
    const { sure, disagreements } = agreementOf(records);
    expect(sure).toEqual(shareOf(184, 200));
    expect(disagreements).toHaveLength(16);
  });

  it('counts apart what the agent asked about itself, and what people decided without seeing its decision', () => {
    const records = [decided(true), decided(false, { isSure: false }), decided(false, { isBlind: true })];
    const { sure, asked, blind, shown } = agreementOf(records);
    expect([sure, asked, blind, shown].map(({ agreed, of }) => [agreed, of])).toEqual([
      [1, 2],
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
  });

  it('takes nothing from a decision that nobody has said anything about', () => {
    expect(agreementOf([decided(true), aRecord({ caseId: CASE_ID, compared: [] })]).sure.of).toBe(1);
  });

  it('counts an edit apart, and against the fields that it changed alone', () => {
    const edited = aRecord({
      caseId: CASE_ID,
      compared: ['to:yes', 'subject:no'].map((one) => ({
        field: `mail#1.${one.split(':')[0]}`,
        agrees: one.endsWith('yes'),
      })),
      signals: [{ kind: 'edit', atMs: 1, by: 'p', fields: ['mail.subject'], reason: '' }],
    });
    const { edited: count, fields } = agreementOf([edited]);
    expect(count).toBe(1);
    expect(fields.map(({ field, agreed, of }) => [field, agreed, of])).toEqual([
      ['mail.to', 1, 1],
      ['mail.subject', 0, 1],
    ]);
  });

  it('is never more than there is, and its interval holds it', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (all) => {
        const { sure } = agreementOf(all.map((agrees) => decided(agrees)));
        expect(sure.of).toBe(all.length);
        expect(sure.agreed).toBe(all.filter(Boolean).length);
        const share = all.length === 0 ? 0 : sure.agreed / sure.of;
        expect(sure.lower).toBeLessThanOrEqual(share);
        expect(sure.upper).toBeGreaterThanOrEqual(share);
      }),
    );
  });
});
