import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseEvent, CaseId, type LedgerEntry } from '../contracts/index.ts';
import { chain, cursorAfter, EMPTY_LEDGER, verifyChain } from './ledger.ts';

const CASE = CaseId.parse('a'.repeat(32));
const events: CaseEvent[] = [1, 2, 3, 4, 5].map((n) => ({
  type: 'step-failed',
  step: `step ${n}`,
  problem: 'none',
}));
const ledger = chain(CASE, EMPTY_LEDGER, events, 1_000);
const head = cursorAfter(EMPTY_LEDGER, ledger);

const entry = (index: number): LedgerEntry => {
  const found = ledger[index];
  if (found === undefined) throw new Error(`there is no entry ${index}`);
  return found;
};

describe('the ledger of a case', () => {
  it('is whole as it was written, in one go or in several', () => {
    const first = chain(CASE, EMPTY_LEDGER, events.slice(0, 2), 1_000);
    const second = chain(CASE, cursorAfter(EMPTY_LEDGER, first), events.slice(2), 1_000);
    expect([...first, ...second]).toEqual(ledger);
    expect(verifyChain(ledger, head)).toEqual({ ok: true, entries: 5, head });
  });

  it('is whole while it is empty', () => {
    expect(verifyChain([], EMPTY_LEDGER)).toEqual({ ok: true, entries: 0, head: EMPTY_LEDGER });
    expect(cursorAfter(EMPTY_LEDGER, [])).toBe(EMPTY_LEDGER);
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['event', { event: { type: 'step-failed', step: 'step 3', problem: 'hidden' } }],
    ['time', { atMs: 999 }],
    ['case', { caseId: CaseId.parse('b'.repeat(32)) }],
    ['hash', { hash: 'f'.repeat(64) }],
    ['previous hash', { previousHash: 'f'.repeat(64) }],
    ['number', { seq: 4 }],
  ])('shows that the %s of an entry was changed', (_what, change) => {
    const forged = ledger.with(2, { ...entry(2), ...change });
    expect(verifyChain(forged, head).ok).toBe(false);
  });

  it('shows a change that brings its own hash, at the entry after it', () => {
    const [forged] = chain(
      CASE,
      cursorAfter(EMPTY_LEDGER, ledger.slice(0, 2)),
      [{ ...entry(2).event } as CaseEvent],
      7,
    );
    if (forged === undefined) throw new Error('nothing was chained');
    expect(verifyChain(ledger.with(2, forged), head)).toMatchObject({ ok: false, seq: 4 });
  });

  it.each([0, 1, 2, 3, 4])('shows that entry %d was dropped', (index) => {
    expect(verifyChain(ledger.toSpliced(index, 1), head).ok).toBe(false);
  });

  it('shows that two entries were swapped', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), (a, b) => {
        fc.pre(a !== b);
        const swapped = ledger.with(a, entry(b)).with(b, entry(a));
        expect(verifyChain(swapped, head).ok).toBe(false);
      }),
    );
  });

  it('shows that an entry was put in between or doubled', () => {
    const [extra] = chain(CASE, cursorAfter(EMPTY_LEDGER, ledger.slice(0, 2)), events.slice(4), 1_000);
    if (extra === undefined) throw new Error('nothing was chained');
    expect(verifyChain(ledger.toSpliced(2, 0, extra), head).ok).toBe(false);
    expect(verifyChain(ledger.toSpliced(2, 0, entry(1)), head).ok).toBe(false);
  });

  it('shows that its end was cut, by the head of the case', () => {
    expect(verifyChain(ledger.slice(0, 3), head)).toMatchObject({ ok: false, seq: 3 });
    expect(verifyChain([], head)).toMatchObject({ ok: false, seq: 0 });
    // The limit of a chain without its head.
    expect(verifyChain(ledger.slice(0, 3)).ok).toBe(true);
  });

  it('shows that it was written anew as a whole, by the head of the case', () => {
    const other = chain(CASE, EMPTY_LEDGER, events, 2_000);
    expect(verifyChain(other, head).ok).toBe(false);
  });
});
