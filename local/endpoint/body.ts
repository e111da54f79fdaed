import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** The whole body; null when it is longer than `limitBytes`, in which case the rest is read and thrown away. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  const body = await readSentBody(request, limitBytes);
  return body === null ? null : decoded(request, body, limitBytes);
}

/** As `readBody`, but as it was sent: a signature is made over this. */
export async function readSentBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length <= limitBytes) chunks.push(bytes);
  }
  if (length > limitBytes) return null;
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

/** Null when it swells to more than `limitBytes`: a few kilobytes can hold gigabytes. */
export function decoded(request: IncomingMessage, body: Buffer, limitBytes: number): Buffer | null {
  if (request.headers['content-encoding'] !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: limitBytes });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
