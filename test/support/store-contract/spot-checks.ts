import { expect, it } from 'vitest';
import { aCheck, aDraw, aSecondReview } from '../stored-checks.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

/** What is looked at afterwards, and reviews that two people give. */
export function spotCheckContract(fixture: StoreFixture): void {
  it('keeps the draw of a day once, with the cases that were drawn, and no case is drawn twice', async () => {
    const { case_, cursor } = await fixture.opened();
    const workflow = 'checked-workflow';
    const [draw, check] = [aDraw({ workflow }), aCheck({ caseId: case_.id, workflow })];
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), spotDraw: { draw, checks: [check] } });
    await fixture.refuse({ ...noteWrite(case_, null), spotDraw: { draw, checks: [] } }, 'draw-exists');
    const next = aDraw({ workflow, day: '2026-03-03' });
    await fixture.refuse({ ...noteWrite(case_, null), spotDraw: { draw: next, checks: [check] } }, 'draw-exists');
    expect(await fixture.stores.records.spotCheck(case_.id)).toEqual(check);
    expect(await fixture.stores.records.spotCheck('none')).toBeNull();
    expect(await fixture.stores.records.spotDraws({ workflow, sinceDay: '2026-03-01' })).toEqual([draw]);
  });

  it('finds the draws since a day and the newest checks of a workflow', async () => {
    const workflow = 'often-checked-workflow';
    for (const [at, day] of ['2026-03-01', '2026-03-02', '2026-03-03'].entries()) {
      const { case_, cursor } = await fixture.opened();
      const spotDraw = {
        draw: aDraw({ workflow, day }),
        checks: [aCheck({ caseId: case_.id, workflow, day, drawnAtMs: at })],
      };
      await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), spotDraw });
    }
    const draws = await fixture.stores.records.spotDraws({ workflow, sinceDay: '2026-03-02' });
    expect(draws.map(({ day }) => day)).toEqual(['2026-03-03', '2026-03-02']);
    const checks = await fixture.stores.records.spotChecks({ workflow, limit: 2 });
    expect(checks.map(({ day }) => day)).toEqual(['2026-03-03', '2026-03-02']);
    expect(await fixture.stores.records.spotDraws({ workflow: 'another', sinceDay: '2026-03-01' })).toEqual([]);
  });

  it('changes a check, and a review by two people, only from the revision that is named', async () => {
    const { case_, cursor } = await fixture.opened();
    const workflow = 'changing-workflow';
    const check = aCheck({ caseId: case_.id, workflow });
    const review = aSecondReview({ caseId: case_.id, workflow });
    await fixture.stores.cases.commit({
      ...{ ...noteWrite(case_, cursor), spotDraw: { draw: aDraw({ workflow }), checks: [check] } },
      secondReview: { review, from: null },
    });
    await fixture.refuse({ ...noteWrite(case_, null), secondReview: { review, from: null } }, 'record-changed');
    const [checked, over] = [
      { ...check, state: 'checked' as const, isRight: true, revision: 1 },
      { ...review, isOver: true, revision: 1 },
    ];
    await fixture.refuse({ ...noteWrite(case_, null), spotCheck: { check: checked, from: 1 } }, 'record-changed');
    await fixture.stores.cases.commit({
      ...{ ...noteWrite(case_, null), spotCheck: { check: checked, from: 0 } },
      secondReview: { review: over, from: 0 },
    });
    expect(await fixture.stores.records.spotCheck(case_.id)).toEqual(checked);
    expect(await fixture.stores.records.secondReview(case_.id)).toEqual(over);
    expect(await fixture.stores.records.secondReviews({ workflow, limit: 9 })).toEqual([over]);
    expect(await fixture.stores.records.secondReview('none')).toBeNull();
  });
}
