import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile, attackFolder } from '../../test/support/attacks.ts';
import type { Json } from '../contracts/index.ts';
import { canonicalJson } from './canonical-json.ts';
import { parseUntrustedJson } from './untrusted-json.ts';

const parse = (text: string) => parseUntrustedJson(new TextEncoder().encode(text));
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('JSON from outside', () => {
  it.each([
    ['an object', '{"a":[1,"b",null,true]}'],
    ['white space around it', ' \n{"a":1}\t'],
    ['a name twice in different objects', '[{"a":1},{"a":{"a":2}}]'],
    ['brackets and colons inside text', '{"a":"}{]:\\"[:","b":1}'],
    ['64 levels', nested(64)],
    ['the largest safe integer', '[9007199254740991,-9007199254740991]'],
    ['a text of 150,000 characters', `["${'x'.repeat(150_000)}"]`],
  ])('takes %s', (_what, text) => {
    expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it.each([
    ['nothing', '', 'not JSON'],
    ['two values', '{}{}', 'not JSON'],
    ['a byte order mark', '\ufeff{}', 'not JSON'],
    ['a name twice', '{"a":1,"a":2}', 'twice'],
    ['a name twice, spelled differently', '{"a":1,"\\u0061":2}', 'twice'],
    ['a name twice, deep inside', '{"x":[{"y":{"a":1,"b":2,"a":3}}]}', 'twice'],
    ['the name __proto__', '{"__proto__":{"isAdmin":true}}', '__proto__'],
    ['the name constructor, deep inside', '[{"a":{"constructor":1}}]', 'constructor'],
    ['half of a surrogate pair', '["\\ud800"]', 'surrogate'],
    ['half of a surrogate pair in a name', '{"\\udfff":1}', 'not accepted'],
    ['65 levels', nested(65), 'deeper'],
    ['100,000 levels', nested(100_000), 'deeper'],
    ['100,000 open levels', '['.repeat(100_000), 'not JSON'],
    ['a number that is too large', '[1e400]', 'too large'],
    ['an integer that loses digits', '{"id":9007199254740993}', 'too large'],
    ['a negative integer that loses digits', '[-9007199254740992]', 'too large'],
  ])('refuses %s', (_what, text, word) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringContaining(word) });
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(parseUntrustedJson(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ ok: false });
    expect(parseUntrustedJson(Buffer.from('{"a":1}', 'utf16le'))).toMatchObject({ ok: false });
  });

  it('answers at once to a text that never ends and is full of escaped quotes', () => {
    expect(parse(`"${'\\"'.repeat(400_000)}`).ok).toBe(false);
  });

  it('accepts only what the ledger can write down', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const parsed = parse(text);
        if (parsed.ok) expect(() => canonicalJson(parsed.value)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof parseUntrustedJson(bytes).ok).toBe('boolean');
      }),
    );
  });
});

const Hazard = z.looseObject({ name: z.string(), class: z.string(), body: z.string().nullable() });
const file = attackFile('own/json-hazards.json');
const hazards = file === null ? [] : z.array(Hazard).parse(file);
const withBody = hazards.flatMap(({ body, ...rest }) => (body === null ? [] : [{ ...rest, body }]));

/** Of the class `value`, what is no hazard to us and so is taken as it is. */
const HARMLESS = new Set(['minus zero', 'string number', 'fffe']);

describe.skipIf(file === null)('the collected hazards', () => {
  it.each(withBody.map((hazard) => [hazard.name, hazard] as const))('%s', (name, hazard) => {
    const parsed = parse(hazard.body);
    const isJson = z.json().safeParse(attempt(hazard.body)).success;
    if (hazard.class === 'benign' || HARMLESS.has(name)) expect(parsed.ok).toBe(true);
    else if (hazard.class === 'value') expect(parsed.ok).toBe(false);
    else expect(parsed.ok).toBe(isJson);
  });
});

function attempt(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const suite = attackFolder('jsontestsuite/test_parsing');
const files = suite === null ? [] : readdirSync(suite).filter((name) => name.endsWith('.json'));

/** Valid JSON that is refused all the same, each with its reason. */
const REFUSED_THOUGH_VALID: Readonly<Record<string, string>> = {
  'y_object_duplicated_key.json': 'a name stands twice',
  'y_object_duplicated_key_and_value.json': 'a name stands twice',
  'y_number.json': 'the integer 123e65 has no single spelling',
  'y_object_extreme_numbers.json': 'the integer 1.0e+28 has no single spelling',
  'y_number_real_capital_e.json': 'the integer 1E22 has no single spelling',
  'y_number_real_exponent.json': 'the integer 123e45 has no single spelling',
};

describe.skipIf(suite === null)('the JSON test suite', () => {
  it.each(files.filter((name) => name.startsWith('n_')))('%s is refused', (name) => {
    expect(parseUntrustedJson(readFileSync(join(suite ?? '', name))).ok).toBe(false);
  });

  it.each(files.filter((name) => name.startsWith('y_')))('%s is taken, or refused for a reason', (name) => {
    const parsed = parseUntrustedJson(readFileSync(join(suite ?? '', name)));
    expect(parsed.ok).toBe(REFUSED_THOUGH_VALID[name] === undefined);
  });

  it.each(files.filter((name) => name.startsWith('i_')))('%s is answered', (name) => {
    expect(typeof parseUntrustedJson(readFileSync(join(suite ?? '', name))).ok).toBe('boolean');
  });
});
