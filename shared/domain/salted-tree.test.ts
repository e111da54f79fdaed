import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseEvent, Json, LedgerEntry } from '../contracts/index.ts';
import { caseIdOf } from './case-id.ts';
import { chain, cursorAfter, EMPTY_LEDGER, verifyChain } from './ledger.ts';
import { type Eraser, erase, treeDigest } from './salted-tree.ts';

const SALT = 'a'.repeat(32);
const PERSON = { name: 'Ada', list: ['x', { deep: 'Ada' }], age: 36, note: null, empty: {} };

/** Takes every part that is this text. */
const taking =
  (word: string): Eraser =>
  (part) =>
    part === word ? { instead: '[erased]' } : null;

describe('parts of a value are taken away', () => {
  it('and its digest stays what it was', () => {
    const before = treeDigest(PERSON, SALT);
    const erased = erase(PERSON, SALT, taking('Ada'));
    expect(erased.value).toEqual({ ...PERSON, name: '[erased]', list: ['x', { deep: '[erased]' }] });
    expect(erased.parts).toBe(2);
    expect(treeDigest(erased.value, erased.salts)).toBe(before);
  });

  it('whatever the value, and however often', () => {
    const texts = fc.constantFrom('Ada', 'Ben', 'x');
    const values = fc.letrec<{ any: Json }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        texts,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', '0', 'members', 'erased'), tie('any'), { maxKeys: 3 }),
      ),
    })).any;
    fc.assert(
      fc.property(values, (value) => {
        const before = treeDigest(value, SALT);
        const once = erase(value, SALT, taking('Ada'));
        const twice = erase(once.value, once.salts, taking('Ben'));
        expect(treeDigest(twice.value, twice.salts)).toBe(before);
        expect(JSON.stringify(twice.value)).not.toMatch(/"Ada"|"Ben"/);
        expect(erase(twice.value, twice.salts, taking('Ada')).parts).toBe(0);
      }),
    );
  });

  it('together with everything that would help to guess them: equal parts have unequal digests, and no salt of theirs is left', () => {
    const erased = erase({ a: 'Ada', b: 'Ada', c: 'kept' }, SALT, taking('Ada'));
    const { members } = erased.salts as { members: Record<string, { erased: string }> };
    expect(members['a']?.erased).not.toBe(members['b']?.erased);
    expect(JSON.stringify(erased.salts)).not.toContain(SALT);
    expect(treeDigest('Ada', members['c'] as unknown as string)).not.toBe(members['a']?.erased);
  });
});

describe('a ledger that has lost parts', () => {
  const id = caseIdOf({ workflow: 'desk', trigger: 'form', eventId: 'one' });
  const events: CaseEvent[] = [
    { type: 'step-failed', step: 'first', problem: 'Ada' },
    { type: 'case-closed', outcome: 'done', costUsd: 0, tookMs: 1, personAsked: false },
  ];
  const ledger = chain(id, EMPTY_LEDGER, events, 1_000, () => SALT);
  const lost = ledger.map(lose);

  function lose(entry: LedgerEntry): LedgerEntry {
    const { value, salts } = erase(entry.event as unknown as Json, entry.salts ?? '', taking('Ada'));
    return { ...entry, event: value as unknown as CaseEvent, salts };
  }

  it('verifies as before', () => {
    expect(JSON.stringify(lost)).not.toContain('Ada');
    expect(verifyChain(lost, cursorAfter(EMPTY_LEDGER, ledger))).toEqual(verifyChain(ledger));
  });

  it.each<[string, (entry: LedgerEntry) => LedgerEntry, string]>([
    [
      'what stays is changed',
      (entry) => ({ ...entry, event: { ...entry.event, step: 'other' } as CaseEvent }),
      'its content was changed',
    ],
    [
      'another part is put in place of a lost one without its digest',
      (entry) => ({ ...entry, salts: SALT }),
      'its content was changed',
    ],
    [
      'a digest is another one',
      (entry) => ({ ...entry, salts: { erased: '0'.repeat(64) } }),
      'its content was changed',
    ],
    ['a salt is missing', (entry) => ({ ...entry, salts: { members: {} } }), 'the salts of its parts were changed'],
  ])('does not where %s', (_what, tamper, problem) => {
    const [first, ...others] = lost as [LedgerEntry, ...LedgerEntry[]];
    expect(verifyChain([tamper(first), ...others])).toEqual({ ok: false, seq: 1, problem });
  });

  it('verifies beside entries of earlier versions, which have no salts', () => {
    const old = chain(id, EMPTY_LEDGER, events.slice(0, 1), 1_000);
    const fresh = chain(id, cursorAfter(EMPTY_LEDGER, old), events.slice(1), 1_000, () => SALT);
    expect(verifyChain([...old, ...fresh])).toMatchObject({ ok: true, entries: 2 });
  });
});
