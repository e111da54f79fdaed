import { expect, test } from 'vitest';
import { keyShares } from './key-shares.ts';
import { emptyLabelHistory, rememberLabel } from './label-history.ts';

const NARROW = 1;
const BROAD = 2;

/** Shares, as they are and not as logarithms, of a history in which the narrow key saw label 1 and everything else label 0. */
function sharesOf(narrowTimes: number, keys: readonly (number | undefined)[], halfLife: number | null = null) {
  const history = emptyLabelHistory(2, halfLife);
  for (let i = 0; i < 10; i++) rememberLabel(history, [undefined, BROAD], 0);
  for (let i = 0; i < narrowTimes; i++) rememberLabel(history, [NARROW, BROAD], 1);
  return keyShares(history, keys, 3).map((voice) => [...voice].map((share) => Math.exp(share)));
}

test('every key speaks by itself, and the shares of each add up to 1', () => {
  const [narrow = [], broad = []] = sharesOf(2, [NARROW, BROAD]);
  expect(narrow[1]).toBeGreaterThan(0.6);
  expect(broad[0]).toBeGreaterThan(0.75);
  for (const voice of [narrow, broad]) expect(voice.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
});

test('a key is believed the more the more it saw', () => {
  const [once = []] = sharesOf(1, [NARROW, BROAD]);
  const [often = []] = sharesOf(9, [NARROW, BROAD]);
  expect(often[1]).toBeGreaterThan(once[1] ?? 1);
});

test.each([
  ['never seen', 77],
  ['missing', undefined],
])('a key that is %s says what everything says', (_why, key) => {
  const [narrow, broad] = sharesOf(2, [key, BROAD]);
  expect(narrow).toEqual(broad);
});

test('no label is impossible', () => {
  for (const voice of sharesOf(2, [NARROW, BROAD])) for (const share of voice) expect(share).toBeGreaterThan(0);
});

test('where the past fades, late cases speak louder', () => {
  const [, steady = []] = sharesOf(5, [NARROW, BROAD]);
  const [, fading = []] = sharesOf(5, [NARROW, BROAD], 2);
  expect(steady[0]).toBeGreaterThan(steady[1] ?? 1);
  expect(fading[1]).toBeGreaterThan(fading[0] ?? 1);
});
