import { describe, expect, it } from 'vitest';
import type { Example, LearnedSpec, MoreCases } from './contract.ts';
import { load, serialise, train } from './index.ts';

const SHOPS = ['bakery', 'garage', 'printer', 'florist', 'station', 'bookshop'];
const ACCOUNTS = ['meals', 'travel', 'office'];
const KEYS = [['card', 'shop'], ['shop']];

function example(at: number): Example {
  const shop = SHOPS[at % SHOPS.length] ?? '';
  const account = ACCOUNTS[(at % SHOPS.length) % ACCOUNTS.length] ?? '';
  return { id: `e${at}`, input: { card: `c${at % 7}`, shop }, expected: { account, minor: 10 + (at % SHOPS.length) } };
}

const spec: LearnedSpec = {
  target: 0.8,
  fields: [{ name: 'account', kind: 'class', use: 'both' }],
  features: { card: 'category', shop: 'category' },
  keys: ['shop'],
  history: { keys: KEYS, learns: true },
};
const examples = Array.from({ length: 180 }, (_, at) => example(at));
const bytes = serialise(train(examples, spec));
const model = load(bytes);

const NEW = { card: 'c1', shop: 'tailor' };
const later = (count: number, label = 'office', key: readonly string[] = ['shop']): MoreCases[] => [
  { key, labels: { account: Array.from({ length: count }, () => label) } },
];
const scored = (more: readonly MoreCases[], input = NEW) => model.score(input, more);
const accountOf = (more: readonly MoreCases[], input = NEW) => scored(more, input).fields['account'];

describe('cases that were confirmed since the model was trained', () => {
  it('make a value likelier the more of them say it, and change nothing of the model', () => {
    const before = JSON.stringify(scored([]));
    const confidences = [0, 1, 4, 12].map((count) => {
      const top = accountOf(later(count))?.top ?? [];
      return top.find(({ value }) => value === 'office')?.confidence ?? 0;
    });
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(accountOf(later(12))?.value).toBe('office');
    expect(JSON.stringify(scored([]))).toBe(before);
    expect(JSON.stringify(load(bytes).score(NEW))).toBe(before);
  });

  it('are named in what spoke for the answer', () => {
    const because = accountOf(later(4, 'office', ['card', 'shop']))?.because.map(({ feature }) => feature);
    expect(because).toContain('same card and shop: people said office 4 of 4 times lately');
    expect(because).toContain('same card and shop: 4 of 4 times');
    expect(accountOf([])?.because.every(({ feature }) => !feature.includes('lately'))).toBe(true);
  });

  it('let a value be known that no example has, from three cases on', () => {
    expect(scored(later(2)).unknown).toEqual(['shop "tailor" has not been seen before']);
    expect(scored(later(3)).unknown).toEqual([]);
  });

  it('cannot give what the examples never said, and count for a key of the plan alone', () => {
    expect(accountOf(later(20, 'gifts'))?.top.map(({ value }) => value)).not.toContain('gifts');
    const other = later(20, 'office', ['card']);
    expect(accountOf(other)?.value).toBe(accountOf([])?.value);
  });

  it('outweigh what the examples said of the same key once they are more', () => {
    const bakery = { card: 'c1', shop: 'bakery' };
    expect(accountOf([], bakery)?.value).toBe('meals');
    const more = KEYS.flatMap((key) => later(50, 'travel', key));
    const shares = accountOf(more, bakery)?.top.map(({ value }) => value) ?? [];
    expect(shares).toContain('travel');
  });
});

it('a number follows the median of later cases too', () => {
  const numbers = examples.map((one, at) => ({ ...one, expected: { minor: 1_000 + at } }));
  const numeric: LearnedSpec = { ...spec, fields: [{ name: 'minor', kind: 'number', tolerance: 1 }] };
  const trained = load(serialise(train(numbers, numeric)));
  const more = [{ key: ['shop'], labels: { minor: [42, 42, 43] } }];
  expect(trained.score(NEW, more).fields['minor']?.value).toBe(42);
  expect(trained.score(NEW).fields['minor']?.value).not.toBe(42);
});

it('a model says of which cases its examples were made', () => {
  expect(model.caseIds.size).toBe(0);
  const withCases = examples.map((one, at) => (at < 2 ? { ...one, caseId: `case-${at}` } : one));
  expect([...load(serialise(train(withCases, spec))).caseIds]).toEqual(['case-0', 'case-1']);
});
