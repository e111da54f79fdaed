import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from './pack.ts';
import { load, UnreadableModelError } from './serialise.ts';

const parts = fc.record({
  text: fc.string(),
  list: fc.array(fc.integer()),
  none: fc.constant(null),
  small: fc.int8Array(),
  rising: fc.uint16Array(),
  wide: fc.uint32Array(),
  exact: fc.float64Array({ noNaN: true }),
});

test('unpacks what it packed', () => {
  fc.assert(
    fc.property(parts, (value) => {
      expect(unpack(pack(value))).toEqual(value);
    }),
  );
});

test('packs tables of counts and of numbers', () => {
  const value = {
    counts: [
      new Map([
        [4_000_000_000, new Map([[2, 7]])],
        [
          5,
          new Map([
            [0, 1],
            [3, 2],
          ]),
        ],
      ]),
    ],
    numbers: [
      new Map([
        [9, [1.5, 2.5]],
        [1, [3]],
      ]),
    ],
  };
  expect(unpack(pack(value))).toEqual(value);
});

test('packs counts that are no whole numbers, or too large for 32 bits', () => {
  const value = { counts: [new Map([[5, new Map([[0, Math.fround(1.3)]])]]), new Map([[5, new Map([[1, 2 ** 40]])]])] };
  expect(unpack(pack(value))).toEqual(value);
});

test('reads bytes that lie inside a larger buffer', () => {
  const packed = pack({ values: Float64Array.of(1, 2, 3) });
  const inside = new Uint8Array(packed.length + 3);
  inside.set(packed, 3);
  expect(unpack(inside.subarray(3))).toEqual({ values: Float64Array.of(1, 2, 3) });
});

test('refuses bytes that are not a model', () => {
  expect(() => load(Uint8Array.of(1, 2, 3))).toThrow(UnreadableModelError);
});
