import { describe, expect, it } from 'vitest';
import { CaseId, type ConfirmedCase, MOST_CONFIRMED } from '../../contracts/index.ts';
import { countedLabels, newest } from './counted-labels.ts';

const NOBODY = new Set<string>();

function confirmed(at: number, by: string, account: string, corrected = false): ConfirmedCase {
  const caseId = CaseId.parse(String(at).padStart(32, '0'));
  return { caseId, by, atMs: at, labels: { account }, corrected: corrected ? ['account'] : [] };
}

const counted = (cases: readonly ConfirmedCase[], known = NOBODY) => countedLabels(cases, 'account', known);

describe('what counts under a key', () => {
  it('is what people agreed with, at once, oldest first', () => {
    expect(counted([confirmed(2, 'ann', 'travel'), confirmed(1, 'ann', 'meals')])).toEqual(['meals', 'travel']);
  });

  it('is no correction by one person alone, however many there are', () => {
    const alone = [1, 2, 3, 4].map((at) => confirmed(at, 'ann', 'travel', true));
    expect(counted(alone)).toEqual([]);
    expect(counted([...alone, confirmed(5, 'ann', 'travel')])).toEqual(['travel']);
  });

  it('is a correction once another person has said the same, by a correction or by a yes', () => {
    const ann = confirmed(1, 'ann', 'travel', true);
    expect(counted([ann, confirmed(2, 'ben', 'travel', true)])).toEqual(['travel', 'travel']);
    expect(counted([ann, confirmed(2, 'ben', 'travel')])).toEqual(['travel', 'travel']);
    expect(counted([ann, confirmed(2, 'ben', 'meals', true)])).toEqual([]);
  });

  it('leaves out cases that the model was trained on, and that speak of other fields', () => {
    const [one, two] = [confirmed(1, 'ann', 'meals'), confirmed(2, 'ann', 'travel')];
    const other = { ...confirmed(3, 'ann', 'meals'), labels: { isWasteful: false } };
    expect(counted([one, two, other], new Set([one.caseId]))).toEqual(['travel']);
  });

  it('is of the newest cases alone, as many as are kept', () => {
    const cases = Array.from({ length: MOST_CONFIRMED + 2 }, (_, at) => confirmed(at, 'ann', `a${at}`));
    expect(counted(cases.toReversed())).toEqual(cases.slice(2).map(({ labels }) => labels['account']));
    expect(newest(cases, 1).map(({ atMs }) => atMs)).toEqual([MOST_CONFIRMED + 1]);
  });
});
