import { describe, expect, it } from 'vitest';
import { labelledAddress, looksLikeTag, taggedAddress, taggedReference, tagsInReferences } from './reply-address.ts';
import { TAG_LENGTH } from './reply-tag.ts';

const [A, B] = ['a'.repeat(TAG_LENGTH), 'b'.repeat(TAG_LENGTH)];
const DOMAIN = 'in.example';

describe('an address with a label', () => {
  it.each([
    ['support@in.example', 'support@in.example', null],
    ['Support+Label@In.Example', 'support@in.example', 'label'],
    [taggedAddress('support', A, DOMAIN), 'support@in.example', A],
    ['support+a+b@in.example', 'support@in.example', 'a+b'],
    ['support+@in.example', 'support@in.example', ''],
    ['+label@in.example', '+label@in.example', null],
    ['a@b+c.example', 'a@b+c.example', null],
  ])('%s is %s with %s', (address, bare, label) => {
    expect(labelledAddress(address)).toEqual({ address: bare, label });
  });

  it('may be a tag only where it has its form', () => {
    expect([A, 'urgent', '', null, 'A'.repeat(TAG_LENGTH)].map(looksLikeTag)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('tags in the mails that an answer names', () => {
  const ref = (tag: string): string => taggedReference(tag, DOMAIN);

  it.each<[string, string | null, string[], string[]]>([
    ['are read from References', null, [ref(A), '<x@y.example>'], [A]],
    ['are read from In-Reply-To, which is nearest', ref(B), [ref(A)], [B, A]],
    ['come nearest first, and once', null, [ref(A), ref(B), ref(B)], [B, A]],
    ['count in capitals, which some programs make of them', null, [ref(A).toUpperCase()], [A]],
    ['count at our domain alone', `<${A}@other.example>`, [`<${A}@evil-in.example>`], []],
    ['are none in other names', '<0102018f-abc@email.amazonses.com>', ['<m1@shop.example>'], []],
  ])('%s', (_what, inReplyTo, references, found) => {
    expect(tagsInReferences({ inReplyTo, references }, DOMAIN)).toEqual(found);
  });

  it('are looked for at the beginning and the end of a heading of thousands', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => ref(`${'c'.repeat(TAG_LENGTH - 5)}${letters(at)}`));
    const found = tagsInReferences({ inReplyTo: null, references: [ref(A), ...many, ref(B)] }, DOMAIN);
    expect([found.length, found[0], found.at(-1)]).toEqual([100, B, A]);
  });

  it('are not looked for in a name as long as a book', () => {
    expect(tagsInReferences({ inReplyTo: `<${'x'.repeat(1e6)}@${DOMAIN}>`, references: [] }, DOMAIN)).toEqual([]);
  });
});

function letters(at: number): string {
  return [...String(at).padStart(5, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}
