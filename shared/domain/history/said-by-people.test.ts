import { describe, expect, it } from 'vitest';
import { paymentDesk } from '../../../test/support/payment-desk.ts';
import { aRecord } from '../../../test/support/stored-records.ts';
import { CaseId, type DecisionRecord, type Signal, WHOLE_DECISION } from '../../contracts/index.ts';
import { saidByPeople } from './said-by-people.ts';

const desk = paymentDesk();
const MEALS = { account: 'meals', isWasteful: false };
const TRAVEL = { account: 'travel', isWasteful: false };
const LEAD = 'lead@remit.example';

function said(changes: Partial<DecisionRecord>, workflow = desk) {
  const caseId = CaseId.parse('a'.repeat(32));
  const agreed = { agentDecision: MEALS, personDecision: MEALS, by: LEAD, compared: fields({}) };
  return saidByPeople(aRecord({ caseId, ...agreed, ...changes }), workflow);
}

function fields(wrong: Readonly<Record<string, boolean>>) {
  return Object.entries({ account: true, isWasteful: true, ...wrong }).map(([field, agrees]) => ({ field, agrees }));
}

const reversal: Signal = { kind: 'reversal', atMs: 2, by: LEAD, fields: ['account'], reason: 'It was a trip.' };
const NOTHING_SAID = { by: null, personDecision: null, compared: [] };

describe('what a decision teaches', () => {
  it('is what a person agreed with, of the fields that have a history', () => {
    expect(said({})).toMatchObject({ labels: { account: 'meals' }, corrected: [] });
  });

  it('is what a person approved by its actions alone', () => {
    const approved = { personDecision: null, compared: [{ field: 'book#1', agrees: true }] };
    expect(said(approved)).toMatchObject({ labels: { account: 'meals' }, corrected: [] });
  });

  it('is the right value that a person gave, marked as a correction', () => {
    const corrected = said({ personDecision: TRAVEL, compared: fields({ account: false }) });
    expect(corrected).toMatchObject({ labels: { account: 'travel' }, corrected: ['account'] });
  });

  it('is what it was overturned to, whatever was refused before', () => {
    const refused = { field: 'book#1', agrees: false };
    const compared = [refused, ...fields({ account: false })];
    const overturned = said({ personDecision: TRAVEL, compared, signals: [reversal] });
    expect(overturned).toMatchObject({ labels: { account: 'travel' }, corrected: ['account'] });
  });

  it('names nobody, and tells people apart whatever the case of their letters', () => {
    const [one, same, other] = [LEAD, LEAD.toUpperCase(), 'other@remit.example'].map((by) => said({ by })?.by);
    expect(one).toMatch(/^[0-9a-f]{12}$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it.each<[string, Partial<DecisionRecord>]>([
    ['was decided alone', { standing: 'alone', ...NOTHING_SAID }],
    ['was let go by a remembered approval', { standing: 'released', ...NOTHING_SAID }],
    ['was answered by nobody', { standing: 'expired', ...NOTHING_SAID }],
    ['is decided anew by the agents after an answer', { by: null, personDecision: null }],
    ['was refused', { personDecision: null, compared: [{ field: WHOLE_DECISION, agrees: false }] }],
    ['had an action of it refused', { compared: [...fields({}), { field: 'book#1', agrees: false }] }],
    ['was carried out with other values', { compared: [...fields({}), { field: 'book#1.account', agrees: false }] }],
    [
      'was overturned, and nobody said to what',
      { compared: [{ field: WHOLE_DECISION, agrees: false }], signals: [{ ...reversal, fields: [WHOLE_DECISION] }] },
    ],
    ['has no decision of the agents', { agentDecision: null, personDecision: null }],
    ['has no value that could be given again', { agentDecision: {}, personDecision: { account: ['meals'] } }],
  ])('is nothing where it %s', (_what, changes) => {
    expect(said(changes)).toBeNull();
  });

  it('is nothing where the history does not learn', () => {
    expect(said({}, paymentDesk({ learns: false }))).toBeNull();
  });
});
