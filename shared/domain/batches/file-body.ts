import type { Json } from '../../contracts/index.ts';
import { queueText } from '../queue-text.ts';

/** Of a file as it lies on the queue, which is within 262,144 bytes with what is added. */
export const LARGEST_FILE_BYTES = 230_000;

export type ReadBody =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: string; readonly isTooLarge?: true };

/** The text of a file; what its lines hold is looked at later, so that one that is broken keeps no other back. */
export function readFileBody(bytes: Uint8Array): ReadBody {
  let file: string;
  try {
    file = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, problem: 'The file is not valid UTF-8.' };
  }
  // On the way it is text in JSON, where each quotation mark takes two signs, and others six.
  const size = Buffer.byteLength(queueText(file));
  return size <= LARGEST_FILE_BYTES ? { ok: true, value: { file } } : tooLargeFile(size);
}

export function tooLargeFile(bytes: number): ReadBody & { readonly ok: false } {
  const problem = `The file makes ${bytes} bytes; at most ${LARGEST_FILE_BYTES} are taken: split it.`;
  return { ok: false, problem, isTooLarge: true };
}
