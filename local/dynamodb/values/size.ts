import { type AttributeMap, type AttributeValue, attributeOf } from './attribute-value.ts';

const COLLECTION_OVERHEAD_BYTES = 3;
const ENTRY_OVERHEAD_BYTES = 1;

/** Bytes that DynamoDB counts for an item: names and values. */
export function itemSizeBytes(item: AttributeMap): number {
  let bytes = 0;
  for (const name in item) bytes += utf8Bytes(name) + valueSizeBytes(attributeOf(item, name) ?? { NULL: true });
  return bytes;
}

export function valueSizeBytes(value: AttributeValue): number {
  if ('S' in value) return utf8Bytes(value.S);
  if ('N' in value) return numberBytes(value.N);
  if ('B' in value) return base64Bytes(value.B);
  if ('SS' in value) return total(value.SS, utf8Bytes);
  if ('NS' in value) return total(value.NS, numberBytes);
  if ('BS' in value) return total(value.BS, base64Bytes);
  if ('L' in value) {
    return COLLECTION_OVERHEAD_BYTES + total(value.L, (entry) => ENTRY_OVERHEAD_BYTES + valueSizeBytes(entry));
  }
  if ('M' in value) {
    return COLLECTION_OVERHEAD_BYTES + ENTRY_OVERHEAD_BYTES * Object.keys(value.M).length + itemSizeBytes(value.M);
  }
  return 1;
}

/** Two significant digits take a byte, the exponent one, a minus sign one. */
function numberBytes(canonical: string): number {
  const digits = canonical.replace(/^-?0*\.?0*|\.|0+$/g, '').length;
  return 1 + Math.ceil(digits / 2) + (canonical.startsWith('-') ? 1 : 0);
}

function base64Bytes(canonical: string): number {
  const padding = canonical.endsWith('==') ? 2 : canonical.endsWith('=') ? 1 : 0;
  return (canonical.length / 4) * 3 - padding;
}

function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function total<T>(entries: readonly T[], bytesOf: (entry: T) => number): number {
  let bytes = 0;
  for (const entry of entries) bytes += bytesOf(entry);
  return bytes;
}
