import { expect, test } from 'vitest';
import { CaseId } from '../shared/contracts/index.ts';
import { chain, EMPTY_LEDGER } from '../shared/domain/ledger.ts';
import { chainVerdict } from './verify.ts';

const id = CaseId.parse('0123456789abcdef0123456789abcdef');
const events = [1, 2, 3].map((n) => ({ type: 'step-failed' as const, step: `step-${n}`, problem: 'none' }));
const ledger = chain(id, EMPTY_LEDGER, events, 0);
const last = ledger.at(-1);

test('a ledger as it was written is whole', () => {
  expect(chainVerdict({ caseId: id, ledger, chain: { seq: 3, hash: last?.hash } })).toEqual({
    isWhole: true,
    sentence: '3 ledger entries, each linked to the one before; nothing was changed.',
  });
});

test.each([
  [
    'a changed entry',
    { ledger: ledger.map((entry) => (entry.seq === 2 ? { ...entry, atMs: 9 } : entry)) },
    'at entry 2',
  ],
  ['an entry taken out', { ledger: ledger.filter(({ seq }) => seq !== 2) }, 'entry 2 is missing'],
  ['an addition that no schema knows', { ledger: ledger.map((entry) => ({ ...entry, note: 'x' })) }, 'at entry 1'],
  ['an end cut off', { ledger: ledger.slice(0, 2), chain: { seq: 3, hash: last?.hash } }, 'ends at entry 3'],
  ['the ledger of another case', { caseId: 'f'.repeat(32), ledger }, 'of another case'],
  ['no ledger', { ledger: [] }, 'is empty'],
])('finds %s', (_what, change, words) => {
  const verdict = chainVerdict({ caseId: id, ...change });
  expect(verdict).toEqual({ isWhole: false, sentence: expect.stringContaining(words) });
});
