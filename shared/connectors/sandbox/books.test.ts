import { describe, expect, it } from 'vitest';
import { MemoryClock } from '../../../test/support/memory-clock.ts';
import { MemorySandbox } from '../../../test/support/memory-sandbox.ts';
import { EffectError } from '../../ports/index.ts';
import { book, counter, readCardHistory, readEntries } from './books.ts';

const ENTRY = {
  ...{ transactionId: 'T-1', card: 'card-1', merchant: 'papierkontor', date: '2026-03-02' },
  ...{ amount: { minor: 4_200, currency: 'EUR' }, account: '6410', text: 'paper' },
};
const WORLD = {
  history: { 'card-1|papierkontor': { times: 3, account: '6410' } },
  merchants: { papierkontor: '6410' },
};

function setUp(world: unknown = WORLD) {
  const sandbox = new MemorySandbox();
  const clock = new MemoryClock();
  const assets = { read: async () => (world === null ? null : new TextEncoder().encode(JSON.stringify(world))) };
  const ports = { sandbox, clock, assets };
  const { account: _account, text: _text, ...charge } = ENTRY;
  return {
    sandbox,
    book: (key: string, changes: Partial<typeof ENTRY> = {}) =>
      book(ports)({ ...ENTRY, ...changes }, { idempotencyKey: key, caseId: key, workflow: 'w' }),
    counter: (key: string) => counter(ports)(ENTRY, { idempotencyKey: key, caseId: key, workflow: 'w' }),
    entries: (changes: Partial<typeof charge> = {}) => readEntries(ports)({ ...charge, ...changes }, { workflow: 'w' }),
    history: (card: string, merchant: string) => readCardHistory(ports)({ card, merchant }, { workflow: 'w' }),
  };
}

describe('the books of the sandbox', () => {
  it('hold one entry of a transaction, however often its key comes, and none by another key', async () => {
    const books = setUp();
    expect(await books.entries()).toEqual({ account: null, sameCharge: null });
    await books.book('a');
    await books.book('a');
    expect(await books.entries()).toEqual({ account: '6410', sameCharge: null });
    await expect(books.book('b')).rejects.toThrow(EffectError);
    expect(books.sandbox.effects).toHaveLength(1);
  });

  it('are free for the transaction again after a counter-entry, and both stay on record', async () => {
    const books = setUp();
    await books.book('a');
    await books.counter('b');
    expect(await books.entries()).toEqual({ account: null, sameCharge: null });
    await books.book('c', { account: '6330' });
    expect(await books.entries()).toEqual({ account: '6330', sameCharge: null });
    expect(books.sandbox.effects).toHaveLength(3);
  });

  it.each([
    ['another card', { card: 'card-2' }],
    ['another merchant', { merchant: 'office barn' }],
    ['another amount', { amount: { minor: 4_201, currency: 'EUR' } }],
    ['another currency', { amount: { minor: 4_200, currency: 'USD' } }],
    ['eight days later', { date: '2026-03-10' }],
    ['eight days earlier', { date: '2026-02-22' }],
  ])('know no second charge of %s', async (_what, changes) => {
    const books = setUp();
    await books.book('a');
    expect(await books.entries({ transactionId: 'T-2', ...changes })).toEqual({ account: null, sameCharge: null });
  });

  it('know a second charge within seven days', async () => {
    const books = setUp();
    await books.book('a');
    for (const date of ['2026-03-02', '2026-03-09', '2026-02-23']) {
      expect(await books.entries({ transactionId: 'T-2', date })).toEqual({ account: null, sameCharge: 'T-1' });
    }
  });

  it('remember card and merchant, from before and from what they booked', async () => {
    const books = setUp();
    await books.book('a');
    await books.book('b', { transactionId: 'T-2', merchant: 'new shop', account: '6330' });
    expect(await books.history('card-1', 'papierkontor')).toMatchObject({ times: 4, usualAccount: '6410' });
    expect(await books.history('card-9', 'new shop')).toEqual({
      ...{ times: 0, usualAccount: null, isMerchantKnown: true, merchantAccount: '6330' },
    });
    expect(await books.history('card-1', 'toString')).toMatchObject({ times: 0, isMerchantKnown: false });
  });

  it('know nothing from before where a workflow has no file', async () => {
    expect(await setUp(null).history('card-1', 'papierkontor')).toMatchObject({ times: 0, isMerchantKnown: false });
  });
});
