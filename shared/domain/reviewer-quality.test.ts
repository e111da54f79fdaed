import { describe, expect, it } from 'vitest';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { aRecord, aReview } from '../../test/support/stored-records.ts';
import type { Review } from '../contracts/index.ts';
import { reviewerQuality } from './reviewer-quality.ts';

const answers = (count: number, changes: Partial<Review>) =>
  Array.from({ length: count }, () => aReview({ caseId: CASE_ID, ...changes }));

describe('the quality of a reviewer', () => {
  it('warns of somebody who says yes in two seconds, and not of a careful one', () => {
    const [careful, quick] = reviewerQuality(
      [
        ...answers(20, { person: 'quick@remit.example', tookMs: 2_000 }),
        ...answers(17, { person: 'careful@remit.example', tookMs: 45_000 }),
        ...answers(3, { person: 'Careful@remit.example', tookMs: 60_000, verb: 'reject' }),
      ],
      [],
    );
    expect(quick).toMatchObject({ person: 'quick@remit.example', answers: 20, medianTookMs: 2_000 });
    expect(quick?.warnings).toEqual(['20 of 20 yes answers came faster than the question can be read.']);
    expect(careful).toMatchObject({ person: 'careful@remit.example', answers: 20, approvals: { agreed: 17, of: 20 } });
    expect(careful?.warnings).toEqual([]);
  });

  it.each<[string, readonly Review[]]>([
    ['a quick no', answers(20, { tookMs: 2_000, verb: 'reject' })],
    ['a quick look at little text', answers(20, { tookMs: 4_000, cardLength: 100 })],
    ['few answers', answers(9, { tookMs: 500 })],
    ['half of them being quick', [...answers(10, { tookMs: 500 }), ...answers(10, { tookMs: 60_000 })]],
    ['known answers that were mostly right', [...answers(2, { isRight: true }), ...answers(1, { isRight: false })]],
  ])('does not warn of %s', (_why, reviews) => {
    expect(reviewerQuality(reviews, [])[0]?.warnings).toEqual([]);
  });

  it('warns of known answers that were mostly wrong', () => {
    const reviews = [...answers(1, { isRight: true }), ...answers(3, { isRight: false })];
    const [one] = reviewerQuality(reviews, []);
    expect(one?.seeded).toMatchObject({ agreed: 1, of: 4 });
    expect(one?.warnings).toEqual(['3 of 4 questions with a known answer were answered wrongly.']);
  });

  it('counts a yes that was overturned after it', () => {
    const reversal = { kind: 'reversal' as const, atMs: 2_000, by: 'o', fields: [], reason: '' };
    const record = aRecord({ caseId: CASE_ID, signals: [reversal] });
    const reversed = (changes: Partial<Review>) =>
      reviewerQuality(answers(1, { atMs: 1_000, ...changes }), [record])[0]?.reversed;
    expect([reversed({}), reversed({ verb: 'reject' }), reversed({ atMs: 3_000 })]).toEqual([1, 0, 0]);
  });
});
