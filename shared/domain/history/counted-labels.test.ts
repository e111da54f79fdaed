import { describe, expect, it } from 'vitest';
import { CaseId, type ConfirmedCase, MOST_CONFIRMED } from '../../contracts/index.ts';
import { countedLabels, newest, repeatsOwnWord } from './counted-labels.ts';

const NOBODY = new Set<string>();

function confirmed(at: number, by: string, account: string, corrected = false): ConfirmedCase {
  const caseId = CaseId.parse(String(at).padStart(32, '0'));
  return { caseId, by, atMs: at, labels: { account }, corrected: corrected ? ['account'] : [] };
}

const counted = (cases: readonly ConfirmedCase[], known = NOBODY) => countedLabels(cases, 'account', known);
const firm = (cases: readonly ConfirmedCase[]) => counted(cases).firm;

describe('what counts under a key', () => {
  it('is what people agreed with, at once, oldest first', () => {
    const both = [confirmed(2, 'ann', 'travel'), confirmed(1, 'ann', 'meals')];
    expect(counted(both)).toEqual({ all: ['meals', 'travel'], firm: ['meals', 'travel'] });
  });

  it('shows corrections by one person, and holds none of them firm, however many there are', () => {
    const alone = [1, 2, 3, 4].map((at) => confirmed(at, 'ann', 'travel', true));
    expect(counted(alone)).toEqual({ all: Array(4).fill('travel'), firm: [] });
  });

  it('holds a correction firm once another person has said the same, by a correction or by a yes', () => {
    const ann = confirmed(1, 'ann', 'travel', true);
    expect(firm([ann, confirmed(2, 'ben', 'travel', true)])).toEqual(['travel', 'travel']);
    expect(firm([ann, confirmed(2, 'ben', 'travel')])).toEqual(['travel', 'travel']);
    expect(firm([ann, confirmed(2, 'ben', 'meals', true)])).toEqual([]);
  });

  it('leaves out cases that the model was trained on, and that speak of other fields', () => {
    const [one, two] = [confirmed(1, 'ann', 'meals'), confirmed(2, 'ann', 'travel')];
    const other = { ...confirmed(3, 'ann', 'meals'), labels: { isWasteful: false } };
    expect(counted([one, two, other], new Set([one.caseId])).all).toEqual(['travel']);
  });

  it('is of the newest cases alone, as many as are kept', () => {
    const cases = Array.from({ length: MOST_CONFIRMED + 2 }, (_, at) => confirmed(at, 'ann', `a${at}`));
    expect(counted(cases.toReversed()).all).toEqual(cases.slice(2).map(({ labels }) => labels['account']));
    expect(newest(cases, 1).map(({ atMs }) => atMs)).toEqual([MOST_CONFIRMED + 1]);
  });
});

describe('a yes', () => {
  const yes = { by: 'ann', labels: { account: 'travel' } };
  it.each<[string, boolean, ConfirmedCase[]]>([
    ['to what only the same person had put right repeats their own word', true, [confirmed(1, 'ann', 'travel', true)]],
    ['to what the agents had by themselves does not', false, [confirmed(1, 'ann', 'travel')]],
    ['to what another person had put right does not', false, [confirmed(1, 'ben', 'travel', true)]],
    ['to another value does not', false, [confirmed(1, 'ann', 'meals', true)]],
    [
      'to what another person has agreed with since does not',
      false,
      [confirmed(1, 'ann', 'travel', true), confirmed(2, 'ben', 'travel')],
    ],
  ])('%s', (_what, repeats, cases) => {
    expect(repeatsOwnWord(yes, 'account', cases)).toBe(repeats);
  });
});
