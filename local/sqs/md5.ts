import { createHash } from 'node:crypto';
import type { MessageAttributes } from './message-input.ts';

export function md5OfText(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** The digest of message attributes that SDK clients may check; null where there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | null {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return null;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    addPart(hash, Buffer.from(name));
    addPart(hash, Buffer.from(attribute.DataType));
    hash.update(Buffer.from([attribute.DataType.startsWith('Binary') ? BINARY : TEXT]));
    addPart(hash, valueBytes(attribute));
  }
  return hash.digest('hex');
}

const TEXT = 1;
const BINARY = 2;

function addPart(hash: ReturnType<typeof createHash>, bytes: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  hash.update(length).update(bytes);
}

export function valueBytes(attribute: MessageAttributes[string]): Buffer {
  return attribute.BinaryValue === undefined
    ? Buffer.from(attribute.StringValue ?? '')
    : Buffer.from(attribute.BinaryValue, 'base64');
}
