import { expect, test } from 'vitest';
import { flatten } from './flatten.ts';
import { historyKeys } from './history-keys.ts';
import { emptyLabelHistory, lookUpLabels, rememberLabel } from './label-history.ts';
import { emptyNumberHistory, lookUpNumber, rememberNumber } from './number-history.ts';

const PLAN = { keys: [['card', 'merchant'], ['merchant[0..4]'], []], names: ['merchant'] };
const keysOf = (card: string | null, merchant: string | null) => historyKeys(PLAN, flatten({ card, merchant }));

test('keeps keys apart by level and value, and reads digits in names as 0', () => {
  expect(keysOf('c1', 'shop 12')).toEqual(keysOf('c1', 'shop 34'));
  expect(keysOf('c1', 'shop 12')[0]).not.toBe(keysOf('c2', 'shop 12')[0]);
  expect(keysOf('c1', 'shop 12')[1]).toBe(keysOf('c2', 'shopping')[1]);
});

test('has no key where a part is missing, but always the broadest', () => {
  const [narrow, middle, broad] = keysOf('c1', null);
  expect([narrow, middle]).toEqual([undefined, undefined]);
  expect(broad).toBeTypeOf('number');
});

test('believes the narrowest key the more the more it saw', () => {
  const history = emptyLabelHistory(3);
  for (let i = 0; i < 20; i++) rememberLabel(history, keysOf(`other ${i}`, 'garage'), 1);
  const before = lookUpLabels(history, keysOf('c1', 'bakery'), 2)[0] ?? 1;
  rememberLabel(history, keysOf('c1', 'bakery'), 0);
  const once = lookUpLabels(history, keysOf('c1', 'bakery'), 2)[0] ?? 1;
  for (let i = 0; i < 8; i++) rememberLabel(history, keysOf('c1', 'bakery'), 0);
  const often = lookUpLabels(history, keysOf('c1', 'bakery'), 2)[0] ?? 0;
  expect(before).toBeLessThan(0.05);
  expect(once).toBeGreaterThan(0.5);
  expect(often).toBeGreaterThan(0.98);
});

test('gives probabilities that add up to 1', () => {
  const history = emptyLabelHistory(3);
  [0, 1, 2, 2, 1].forEach((label, i) => {
    rememberLabel(history, keysOf(`c${i % 2}`, 'bakery'), label);
  });
  const shares = lookUpLabels(history, keysOf('c1', 'bakery'), 3);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

test('lets the past fade where it has a half-life: what was booked last says more', () => {
  const sharesAfter = (halfLife: number | null) => {
    const history = emptyLabelHistory(3, halfLife);
    for (let i = 0; i < 12; i++) rememberLabel(history, keysOf('c1', 'bakery'), 0);
    for (let i = 0; i < 6; i++) rememberLabel(history, keysOf('c1', 'bakery'), 1);
    return lookUpLabels(history, keysOf('c1', 'bakery'), 2);
  };
  const [never, soon] = [sharesAfter(null), sharesAfter(3)];
  expect(never[1]).toBeLessThan(0.4);
  expect(soon[1]).toBeGreaterThan(0.7);
  expect((soon[0] ?? 0) + (soon[1] ?? 0)).toBeCloseTo(1, 6);
});

test('believes a key the less the longer it has not been seen', () => {
  const history = emptyLabelHistory(3, 5);
  rememberLabel(history, keysOf('c1', 'bakery'), 0);
  const fresh = lookUpLabels(history, keysOf('c1', 'bakery'), 2)[0] ?? 0;
  for (let i = 0; i < 40; i++) rememberLabel(history, keysOf(`other ${i}`, 'garage'), 1);
  const old = lookUpLabels(history, keysOf('c1', 'bakery'), 2)[0] ?? 1;
  expect(fresh).toBeGreaterThan(0.8);
  expect(old).toBeLessThan(0.2);
});

test('says the median of the narrowest key with three cases, sure by how many lie near it', () => {
  const history = emptyNumberHistory(PLAN, 1);
  for (const value of [10, 11, 90]) rememberNumber(history, keysOf('c1', 'bakery'), value);
  expect(lookUpNumber(history, keysOf('c1', 'bakery'))).toEqual({ value: 11, raw: (2 / 3) * (3 / 4) });
  rememberNumber(history, keysOf('c2', 'garage'), 500);
  expect(lookUpNumber(history, keysOf('c2', 'garage'))?.value).toBe(11);
  expect(lookUpNumber(emptyNumberHistory(PLAN, 1), keysOf('c1', 'bakery'))).toBeUndefined();
});
