const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Bytes that fill whole letters, five bits each: their number is a multiple of five. */
export function base32(bytes: Buffer): string {
  let bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let text = '';
  for (; bits !== ''; bits = bits.slice(5)) text += LETTERS[Number.parseInt(bits.slice(0, 5), 2)];
  return text;
}

/** Null for anything but so many letters. */
export function fromBase32(text: string, length: number): Buffer | null {
  if (text.length !== length || !/^[a-z2-7]+$/.test(text)) return null;
  const bits = [...text].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
