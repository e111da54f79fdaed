import { describe, expect, it } from 'vitest';
import { MOST_INPUT_BYTES, writable } from './trigger-input.ts';

describe('what a case begins with', () => {
  it('stays as it came where it can be written down', () => {
    const read = { input: { a: 'x'.repeat(200_000) }, problems: [] };
    expect(writable(read)).toBe(read);
  });

  it.each([
    ['numbers that are longer in full', { a: Array<number>(39_000).fill(1e15) }],
    ['a text that is longer than an item may be', { a: 'x'.repeat(MOST_INPUT_BYTES) }],
  ])('is cut for a person where it would not fit what keeps it: %s', (_what, input) => {
    const cut = writable({ input, problems: ['a: wrong'] });
    expect(Buffer.byteLength(JSON.stringify(cut.input))).toBeLessThan(MOST_INPUT_BYTES);
    expect(cut).toEqual({
      input: { cut: expect.stringMatching(/^\{"a":/) },
      problems: ['a: wrong', expect.stringMatching(/^The trigger: it makes \d+ bytes; at most 250000 are kept/)],
    });
  });
});
