import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, Reading } from '../contracts/index.ts';
import { changedFacts, type FactNow, pinFacts, pinParts } from './pinned-facts.ts';

const reading = (data: Json, changes: Partial<Reading> = {}): Reading => ({
  ...{ source: 'crm', status: 'complete', readAtMs: 1, tookMs: 1, data, problems: [] },
  ...changes,
});
const fact = (data: Json, changes: Partial<FactNow> = {}): FactNow => ({
  ...{ source: 'crm', path: '', key: 'hanna', reading: reading(data) },
  ...changes,
});

const BEFORE = { stage: 'none', owner: { name: 'Ada', since: 3 }, tags: ['a'] };
const pinned = pinFacts([fact(BEFORE)]);
const changed = (now: readonly FactNow[]) => changedFacts(pinned, [reading(BEFORE)], now);

describe('pinned facts', () => {
  it('are as they were when the same is read again, whatever the order of its fields', () => {
    const { stage, tags } = BEFORE;
    expect(changed([fact({ tags, owner: { since: 3, name: 'Ada' }, stage })])).toEqual([]);
  });

  it.each<[string, readonly FactNow[], readonly object[]]>([
    [
      'a value that changed',
      [fact({ ...BEFORE, stage: 'customer' })],
      [{ source: 'crm', path: 'stage', before: 'none', after: 'customer' }],
    ],
    [
      'a value deep inside',
      [fact({ ...BEFORE, owner: { name: 'Bo', since: 3 } })],
      [{ source: 'crm', path: 'owner.name', before: 'Ada', after: 'Bo' }],
    ],
    [
      'a value that came',
      [fact({ ...BEFORE, note: 'call first' })],
      [{ source: 'crm', path: 'note', before: null, after: 'call first' }],
    ],
    ['a list that grew', [fact({ ...BEFORE, tags: ['a', 'b'] })], [expect.objectContaining({ path: 'tags' })]],
    ['a record that is gone', [fact(null)], [{ source: 'crm', path: '', before: BEFORE, after: null }]],
    [
      'a source that cannot be read',
      [fact(BEFORE, { reading: reading(null, { status: 'failed' }) })],
      [{ source: 'crm', path: '', before: BEFORE, after: null }],
    ],
    ['a source that gave no reading', [fact(BEFORE, { reading: null })], [expect.objectContaining({ after: null })]],
    ['a source that was not read', [], [expect.objectContaining({ after: null })]],
    ['another record that reads the same', [fact(BEFORE, { key: 'somebody-else' })], [expect.anything()]],
  ])('name %s', (_what, now, changes) => {
    expect(changed(now)).toEqual(changes);
  });

  it('of a part say nothing of the rest', () => {
    const part = pinFacts([fact(BEFORE, { path: 'owner.name' })]);
    const read = (data: Json) => changedFacts(part, [reading(BEFORE)], [fact(data, { path: 'owner.name' })]);
    expect(read({ ...BEFORE, stage: 'customer', owner: { name: 'Ada', since: 9 } })).toEqual([]);
    expect(read({ ...BEFORE, owner: { name: 'Bo' } })).toEqual([
      { source: 'crm', path: 'owner.name', before: 'Ada', after: 'Bo' },
    ]);
  });

  it('are told apart from the source by the first dot', () => {
    expect(pinParts('crm-history')).toEqual({ source: 'crm-history', path: '' });
    expect(pinParts('crm-history.owner.name')).toEqual({ source: 'crm-history', path: 'owner.name' });
  });

  it('that could not be read at first are changed once they can be', () => {
    const unread = pinFacts([fact(null, { reading: null })]);
    expect(changedFacts(unread, [], [fact(BEFORE)])).not.toEqual([]);
  });

  it('change with any change of what is read, and with nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [one, two] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as Json);
        if (!isDigestible(one) || !isDigestible(two)) return;
        const pins = pinFacts([fact(one ?? null)]);
        const isSame = pins[0]?.hash === pinFacts([fact(two ?? null)])[0]?.hash;
        expect(changedFacts(pins, [reading(one ?? null)], [fact(two ?? null)]).length === 0).toBe(isSame);
      }),
    );
  });
});

/** What a digest can be made of: the intake keeps the rest out. */
function isDigestible(value: Json | undefined): value is Json {
  try {
    pinFacts([fact(value ?? null)]);
    return value !== undefined;
  } catch {
    return false;
  }
}
