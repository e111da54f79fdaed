import type { AttributeValue } from '../values/attribute-value.ts';
import { MIN_EXPONENT, parseDecimal } from '../values/decimal.ts';

/** A key attribute as bytes: comparing the bytes one by one gives the order of DynamoDB. Only S, N and B can be keys. */
export function encodeKeyValue(value: AttributeValue): Uint8Array {
  if ('S' in value) return Buffer.from(value.S, 'utf8');
  if ('B' in value) return Buffer.from(value.B, 'base64');
  if ('N' in value) return encodeNumber(value.N);
  throw new TypeError('only S, N and B can be keys');
}

/** The least bytes that are greater than all that begin with `prefix`; null if there are none. */
export function successorOfPrefix(prefix: Uint8Array): Uint8Array | null {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1;
  if (length === 0) return null;
  const successor = Uint8Array.from(prefix.subarray(0, length));
  successor[length - 1] = (successor[length - 1] ?? 0) + 1;
  return successor;
}

const NEGATIVE = 1;
const ZERO = 2;
const POSITIVE = 3;

/** Sign, exponent, then 1 + two digits a byte. Negative numbers have all bytes turned over and an end mark above any digit pair. */
function encodeNumber(text: string): Uint8Array {
  const { isNegative, digits, exponent } = parseDecimal(text);
  if (digits === '') return Uint8Array.of(ZERO);
  const magnitude = [exponent - MIN_EXPONENT];
  for (let at = 0; at < digits.length; at += 2) magnitude.push(1 + Number(digits.slice(at, at + 2).padEnd(2, '0')));
  if (!isNegative) return Uint8Array.of(POSITIVE, ...magnitude);
  return Uint8Array.of(NEGATIVE, ...magnitude.map((byte) => 0xff - byte), 0xff);
}
