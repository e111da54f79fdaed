import { describe, expect, it } from 'vitest';
import { paymentDesk } from '../../../test/support/payment-desk.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { type CaseFacts, caseKeys, factsRead } from './case-keys.ts';

const FACTS: CaseFacts = {
  input: { card: 'card-1', merchant: 'Shop 12', memo: 'paper' },
  sources: { register: { owner: 'Ops' } },
};
const desk = paymentDesk();
const digests = (facts: Partial<CaseFacts>, workflow = desk): string[] =>
  caseKeys(workflow, { ...FACTS, ...facts }).map(({ digest }) => digest);
const paying = (input: JsonObject): CaseFacts['input'] => ({ ...FACTS.input, ...input });

describe('the keys of a case', () => {
  it('are those that the workflow names, as digests in which nothing of the case can be read', () => {
    const keys = caseKeys(desk, FACTS);
    expect(keys.map(({ paths }) => paths)).toEqual([
      ['input.card', 'signals.shop'],
      ['signals.shop[0..4]'],
      ['sources.register.owner'],
    ]);
    expect(keys.every(({ digest }) => /^[0-9a-f]{32}$/.test(digest))).toBe(true);
  });

  it('are the same for the same values, whatever else the case says, and others for others', () => {
    expect(digests({ input: paying({ memo: 'another', card: ' CARD-1 ' }) })).toEqual(digests({}));
    const [narrow, start, owner] = digests({});
    const other = digests({ input: paying({ merchant: 'Shopping world' }) });
    expect(other[0]).not.toBe(narrow);
    expect(other.slice(1)).toEqual([start, owner]);
  });

  it('read digits in a text as 0, as the model does with names', () => {
    const named = paymentDesk({ history: [['input.merchant']], features: { 'input.merchant': 'text' } });
    const [one] = digests({ input: paying({ merchant: 'Shop 12' }) }, named);
    const [two] = digests({ input: paying({ merchant: 'shop 34' }) }, named);
    expect(one).toBe(two);
  });

  it('lack those of which the case lacks a part', () => {
    const found = caseKeys(desk, { input: paying({ card: '' }), sources: {} });
    expect(found.map(({ paths }) => paths)).toEqual([['signals.shop[0..4]']]);
  });

  it('are no other case of another workflow, or of another list of paths', () => {
    expect(digests({}, { ...desk, id: 'other-desk' })).not.toContain(digests({})[0]);
    const moved = paymentDesk({ history: [['signals.shop', 'input.card']] });
    expect(digests({}, moved)).not.toContain(digests({})[0]);
  });

  it('are none where the history does not learn', () => {
    expect(caseKeys(paymentDesk({ learns: false }), FACTS)).toEqual([]);
  });
});

it('takes of a case what was read, and nothing where its trigger could not be read', () => {
  const at = { readAtMs: 1, tookMs: 1, problems: [] };
  const read = { ...at, source: 'register', status: 'complete' as const, data: { owner: 'Ops' } };
  const failed = { ...at, source: 'books', status: 'failed' as const, data: null };
  expect(factsRead({ input: FACTS.input, readings: [read, failed] })).toEqual(FACTS);
  expect(factsRead({ input: 'no object', readings: [] })).toBeNull();
});
