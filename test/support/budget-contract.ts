import { expect, it } from 'vitest';
import type { CapCount } from '../../shared/contracts/index.ts';
import type { Budget, Spender } from '../../shared/ports/index.ts';

const AT_MS = Date.UTC(2026, 2, 2, 12);
const DAY = '2026-03-02';

/** What every implementation of the budget has to do. */
export function budgetContract(open: () => Budget): void {
  let made = 0;
  const spender = (changes: Partial<Spender> = {}): Spender => {
    made += 1;
    return { workflow: 'lead-qualification', caseId: `${made}`, ...changes };
  };
  const capped = (changes: Partial<CapCount> = {}): CapCount => {
    made += 1;
    return { cap: `spend-${made}`, day: DAY, amount: 300, limit: 1_000, ...changes };
  };

  it('sets aside as often as there is room, and names the cap that has none', async () => {
    const [of, daily] = [spender(), capped()];
    for (const expected of [null, null, null, daily.cap]) {
      expect(await open().reserve(of, [daily], AT_MS)).toBe(expected);
    }
    expect(await open().reserve(of, [{ ...daily, amount: 100 }], AT_MS)).toBeNull();
  });

  it('sets nothing aside where one of several caps has no room', async () => {
    const [of, roomy, full] = [spender(), capped(), capped({ limit: 299 })];
    expect(await open().reserve(of, [roomy, full], AT_MS)).toBe(full.cap);
    expect(await open().reserve(of, [{ ...roomy, amount: 1_000 }], AT_MS)).toBeNull();
  });

  it('gives back what was not spent, and adds what was spent beyond it', async () => {
    const [of, daily] = [spender(), capped({ amount: 1_000 })];
    await open().reserve(of, [daily], AT_MS);
    await open().settle(of, [{ ...daily, amount: -990 }], AT_MS);
    expect(await open().reserve(of, [{ ...daily, amount: 991 }], AT_MS)).toBe(daily.cap);
    await open().settle(of, [{ ...daily, amount: 500 }], AT_MS);
    expect(await open().reserve(of, [{ ...daily, amount: 491 }], AT_MS)).toBe(daily.cap);
    expect(await open().reserve(of, [{ ...daily, amount: 490 }], AT_MS)).toBeNull();
  });

  it('keeps what a lost process set aside until the day is over', async () => {
    const [of, daily] = [spender(), capped({ amount: 1_000 })];
    await open().reserve(of, [daily], AT_MS);
    expect(await open().reserve(spender(), [daily], AT_MS + 86_000)).toBe(daily.cap);
    expect(await open().reserve(spender(), [{ ...daily, day: '2026-03-03' }], AT_MS + 86_400_000)).toBeNull();
  });

  it('counts a day for all cases of a workflow together, and a case by itself', async () => {
    const [of, daily, ofCase] = [spender(), capped({ amount: 600 }), capped({ day: null, amount: 600 })];
    await open().reserve(of, [daily, ofCase], AT_MS);
    expect(await open().reserve(of, [ofCase], AT_MS)).toBe(ofCase.cap);
    expect(await open().reserve(spender(), [ofCase], AT_MS)).toBeNull();
    expect(await open().reserve(spender(), [daily], AT_MS)).toBe(daily.cap);
    expect(await open().reserve(spender({ workflow: 'other-workflow' }), [daily], AT_MS)).toBeNull();
  });

  it('lets as many of those who come at once through as there is room for', async () => {
    const daily = capped();
    const ends = await Promise.all(Array.from({ length: 8 }, () => open().reserve(spender(), [daily], AT_MS)));
    expect(ends.filter((end) => end === null)).toHaveLength(3);
  });
}
