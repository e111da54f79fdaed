import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../contracts/index.ts';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2.2, as section 3.2.3 has it', () => {
    // Without 1E30, which is refused here.
    const text = String.raw`{
      "numbers": [333333333.33333329, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalJson(JSON.parse(text))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts members by UTF-16 code units, as section 3.2.3 shows', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value).replaceAll('"1":', '"one":')))).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  /** From appendix B; integers above 2^53 - 1 are refused here and so left out. */
  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-5e-324, '-5e-324'],
    [9007199254740991, '9007199254740991'],
    [-9007199254740991, '-9007199254740991'],
    [333333333.3333332, '333333333.3333332'],
    [333333333.33333325, '333333333.33333325'],
    [333333333.3333333, '333333333.3333333'],
    [333333333.3333334, '333333333.3333334'],
    [1e-7, '1e-7'],
    [0.000001, '0.000001'],
    [Number('1424953923781206.25'), '1424953923781206.2'],
  ])('writes %d as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['an integer above 2^53 - 1', 2 ** 53],
    ['an integer below -(2^53 - 1)', -(2 ** 53)],
    ['a huge double', 1e300],
    ['half of a surrogate pair', '\ud800'],
    ['a name with half of a surrogate pair', { '\udc00': 1 }],
    ['half of a pair deep inside', [{ a: ['\udfff'] }]],
  ])('refuses %s', (_what, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(expect.objectContaining({ name: 'CanonicalError' }));
  });

  it('does not normalise text', () => {
    expect(canonicalJson('é')).not.toBe(canonicalJson('e\u0301'));
  });

  it('keeps every value that it accepts, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        fc.pre(isAccepted(value as Json));
        const text = canonicalJson(value as Json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value as Json))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('has one text per value: different values never meet', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        fc.pre(isAccepted(a as Json) && isAccepted(b as Json));
        const isSame = JSON.stringify(sorted(a as Json)) === JSON.stringify(sorted(b as Json));
        expect(canonicalJson(a as Json) === canonicalJson(b as Json)).toBe(isSame);
      }),
    );
  });
});

function isAccepted(value: Json): boolean {
  try {
    canonicalJson(value);
    return true;
  } catch {
    return false;
  }
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, reversed(inner)] as const)
      .reverse(),
  );
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([name, inner]): Json => [name, sorted(inner)]);
  return { members: members.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) };
}
